import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyEd25519 } from '@starling/protocol/crypto/ed25519'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBlockSigner } from './blockSigner.ts'
import { openValidatorKey } from './openValidatorKey.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const path = () => join(folder, 'priv_validator_key.json')

it('a new key is random, stays, and only its owner may read it', () => {
  const { validator } = openValidatorKey(folder)
  expect(openValidatorKey(folder).validator).toEqual(validator)
  expect(createBlockSigner().validator.publicKey).not.toEqual(validator.publicKey)
  expect(statSync(path()).mode & 0o777).toBe(0o600)
  const { address, pub_key } = JSON.parse(readFileSync(path(), 'utf8'))
  expect(address).toBe(Buffer.from(validator.address).toString('hex').toUpperCase())
  expect(pub_key).toEqual({
    type: 'tendermint/PubKeyEd25519',
    value: Buffer.from(validator.publicKey).toString('base64'),
  })
})

it('a key signs what its public key verifies', () => {
  const { validator, sign } = openValidatorKey(folder)
  const bytes = Uint8Array.of(1, 2, 3)
  expect(verifyEd25519(bytes, sign(bytes), validator.publicKey)).toBe(true)
})

it('a file that is no key, or holds two halves, is refused and not replaced', () => {
  openValidatorKey(folder)
  const whole = readFileSync(path(), 'utf8')
  const other = Buffer.alloc(64, 7).toString('base64')
  for (const text of ['', whole.slice(0, 150), whole.replace(/[A-Za-z0-9+/]{86}==/, other)]) {
    writeFileSync(path(), text)
    expect(() => openValidatorKey(folder)).toThrow(/is no key of a CometBFT validator. Restore it/)
    expect(readFileSync(path(), 'utf8')).toBe(text)
  }
})
