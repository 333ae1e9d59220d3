import { toUtf8 } from '@starling/protocol/bytes/utf8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openMemoryStore } from './openMemoryStore.ts'
import { getNumber, getWhole, listLastParts, putMark, putNumber, putWhole } from './values.ts'

const key = toUtf8('key')
const open = () => openMemoryStore(['s']).store('s')

describe('stored values', () => {
  it('come back as the same double', () => {
    const store = open()
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const isSubnormal = value !== 0 && Math.abs(value) < 2.2250738585072014e-308
        fc.pre(!isSubnormal)
        putNumber(store, key, value)
        expect(getNumber(store, key)).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  it('are whole numbers of any size, of which 0 takes no room', () => {
    const store = open()
    for (const value of [1n, -7n, 2n ** 200n]) {
      putWhole(store, key, value)
      expect(getWhole(store, key)).toBe(value)
    }
    putWhole(store, key, 0n)
    expect(getWhole(store, key)).toBe(0n)
    expect(store.get(key)).toBeUndefined()
  })

  it('are never infinite or not a number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => putNumber(open(), key, value)).toThrow('would be stored under key')
    }
  })

  it('list the last parts of keys below a path', () => {
    const store = open()
    for (const name of ['a/1', 'a/2', 'a/3', 'ab/4']) putMark(store, toUtf8(name))
    expect([...listLastParts(store, toUtf8('a/'))]).toEqual(['1', '2', '3'])
    expect([...listLastParts(store, toUtf8('a/'), { reverse: true, limit: 1 })]).toEqual(['3'])
    expect([...listLastParts(store, toUtf8('a/'), { start: toUtf8('a/2') })]).toEqual(['2', '3'])
  })
})
