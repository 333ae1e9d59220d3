import { ed25519 } from '@noble/curves/ed25519.js'
import { useStrictEd25519, verifyEd25519 } from '@starling/protocol/crypto/ed25519'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useNativeEd25519 } from './useNativeEd25519.ts'

beforeAll(useNativeEd25519)
afterAll(() => useStrictEd25519(() => false))

const isZip215 = (message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean =>
  ed25519.verify(signature, message, key, { zip215: true })
const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
/** Encodings of points of small order, canonical and not. */
const SMALL = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0000000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
].map(fromHex)

describe('DET-20 the native check of ed25519 signatures', () => {
  it('has the verdict of ZIP-215 on keys and points of small order', () => {
    for (const key of SMALL) {
      for (const point of SMALL) {
        const signature = new Uint8Array([...point, ...new Uint8Array(32)])
        const message = Uint8Array.of(1, 2, 3)
        expect(verifyEd25519(message, signature, key)).toBe(isZip215(message, signature, key))
      }
    }
  })

  it('has the verdict of ZIP-215 on honest and on changed signatures', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(bytes, fc.uint8Array(), fc.nat(95), fc.nat(255), (secret, message, place, flip) => {
        const key = ed25519.getPublicKey(secret)
        const both = new Uint8Array([...ed25519.sign(message, secret), ...key])
        both[place] = (both[place] ?? 0) ^ flip
        const [signature, other] = [both.subarray(0, 64), both.subarray(64)]
        expect(verifyEd25519(message, signature, other)).toBe(isZip215(message, signature, other))
        expect(verifyEd25519(message, ed25519.sign(message, secret), key)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})
