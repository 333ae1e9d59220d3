import { addressOfModule } from '@starling/protocol/crypto/address'
import { expect, it } from 'vitest'
import { soughtText, understand } from './understand.ts'

const address = addressOfModule('ecosystem')
const hash = 'aB'.repeat(32)

it.each([
  ['', { kind: 'nothing' }],
  ['12', { kind: 'number', number: 12n, as: 'either' }],
  ['1 234', { kind: 'number', number: 1234n, as: 'either' }],
  ['1\u202f234', { kind: 'number', number: 1234n, as: 'either' }],
  ['#12', { kind: 'number', number: 12n, as: 'either' }],
  ['Topic 12', { kind: 'number', number: 12n, as: 'topic' }],
  ['block #12', { kind: 'number', number: 12n, as: 'block' }],
  ['height: 12', { kind: 'number', number: 12n, as: 'block' }],
  [` ${address} `, { kind: 'address', address }],
  [address.toUpperCase(), { kind: 'address', address }],
  [`${address.slice(0, -1)}x`, { kind: 'mistyped', text: `${address.slice(0, -1)}x` }],
  [hash, { kind: 'hash', hash: hash.toUpperCase() }],
  [`0x${hash}`, { kind: 'hash', hash: hash.toUpperCase() }],
  [`tx ${hash}`, { kind: 'hash', hash: hash.toUpperCase() }],
  ['0A'.repeat(20), { kind: 'validator', address: '0a'.repeat(20) }],
  ['topic of mine', { kind: 'words', text: 'topic of mine' }],
  ['abc', { kind: 'words', text: 'abc' }],
])('understands "%s"', (typed, sought) => {
  expect(understand(typed)).toEqual(sought)
  expect(soughtText(understand(typed))).toMatch(/\w/)
})
