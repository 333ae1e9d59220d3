import { publicKeyOf, signPortable, verifyPortable } from '@starling/protocol/crypto/secp256k1'
import { sha256 } from '@starling/protocol/crypto/sha256'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadNativeSecp256k1 } from './useNativeSecp256k1.ts'

describe.skipIf(loadNativeSecp256k1() === undefined)('the native secp256k1', () => {
  const native = loadNativeSecp256k1()

  it('ADV-09 accepts and refuses what the portable one does, whichever byte is spoiled', () => {
    const spoil = fc.record({
      seed: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      part: fc.constantFrom('none', 'digest', 'signature', 'key'),
      at: fc.nat(31),
      by: fc.integer({ min: 1, max: 255 }),
    })
    fc.assert(
      fc.property(spoil, ({ seed, part, at, by }) => {
        const privateKey = sha256(seed)
        const digest = sha256(privateKey)
        const parts = { digest, signature: signPortable(digest, privateKey), key: publicKeyOf(privateKey) }
        if (part !== 'none') parts[part as keyof typeof parts] = spoilt(parts[part as keyof typeof parts], at, by)
        const portable = verifyPortable(parts.digest, parts.signature, parts.key)
        expect(native?.verify(parts.digest, parts.signature, parts.key)).toBe(portable)
        expect(portable).toBe(part === 'none')
      }),
      { numRuns: 60 },
    )
  })

  it('makes the same signatures', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (seed) => {
        const privateKey = sha256(seed)
        const digest = sha256(privateKey)
        expect(native?.sign(digest, privateKey)).toEqual(signPortable(digest, privateKey))
      }),
      { numRuns: 60 },
    )
  })
})

function spoilt(bytes: Uint8Array, at: number, by: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ by : byte))
}
