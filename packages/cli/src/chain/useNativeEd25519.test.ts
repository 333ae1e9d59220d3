import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { useStrictEd25519, verifyEd25519 } from '@starling/protocol/crypto/ed25519'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { useNativeEd25519 } from './useNativeEd25519.ts'

afterAll(() => useStrictEd25519(() => false))

/** The verdicts with the native check and without it. */
function verdicts(message: Uint8Array, signature: Uint8Array, key: Uint8Array): readonly boolean[] {
  useNativeEd25519()
  const native = verifyEd25519(message, signature, key)
  useStrictEd25519(() => false)
  return [native, verifyEd25519(message, signature, key)]
}

/** A key pair from 32 bytes. */
function pairOf(secret: Uint8Array) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { key, publicKey: new Uint8Array(publicKey) }
}
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
        const [native, portable] = verdicts(message, signature, key)
        expect(native).toBe(portable)
      }
    }
  })

  it('has the verdict of ZIP-215 on honest and on changed signatures', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(bytes, fc.uint8Array(), fc.nat(95), fc.nat(255), (secret, message, place, flip) => {
        const { key, publicKey } = pairOf(secret)
        const honest = new Uint8Array(sign(null, message, key))
        const both = new Uint8Array([...honest, ...publicKey])
        both[place] = (both[place] ?? 0) ^ flip
        const [native, portable] = verdicts(message, both.subarray(0, 64), both.subarray(64))
        expect(native).toBe(portable)
        expect(verdicts(message, honest, publicKey)).toEqual([true, true])
      }),
      { numRuns: 40 },
    )
  })
})
