import {
  Bip39,
  EnglishMnemonic,
  Secp256k1,
  Secp256k1Signature,
  Slip10,
  Slip10Curve,
  stringToPath,
} from '@cosmjs/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../bytes/hex.ts'
import { addressOfModule, addressOfPublicKey, formatAddress, parseAddress } from './address.ts'
import { hasLegalShape, publicKeyOf, signSecp256k1, verifyPortable } from './secp256k1.ts'
import { sha256 } from './sha256.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const privateKey = bytes32.filter((key) => key.some((byte) => byte !== 0) && (key[0] ?? 255) < 255)
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

describe('addresses', () => {
  it('FL-33 derives the field address of the public test phrase', async () => {
    const seed = await Bip39.mnemonicToSeed(new EnglishMnemonic(`${'abandon '.repeat(11)}about`))
    const { privkey } = Slip10.derivePath(Slip10Curve.Secp256k1, seed, stringToPath("m/44'/118'/0'/0/0"))
    expect(addressOfPublicKey(publicKeyOf(privkey))).toBe('allo19rl4cm2hmr8afy4kldpxz3fka4jguq0ajnh7gv')
  })

  it('derives module accounts as the Cosmos SDK does', () => {
    // The fee collector's account is the same 20 bytes on every Cosmos chain: f1829676db577682e944fc3493d451b67ff3e29f
    expect(toHex(parseAddress(addressOfModule('fee_collector')) ?? new Uint8Array())).toBe(
      'f1829676db577682e944fc3493d451b67ff3e29f',
    )
  })

  it('round-trips, and refuses a changed character, upper case and other prefixes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.nat(), (bytes, at) => {
        const text = formatAddress(bytes)
        expect(parseAddress(text)).toEqual(bytes)
        const i = 5 + (at % (text.length - 5))
        const other = text[i] === 'q' ? 'p' : 'q'
        expect(parseAddress(text.slice(0, i) + other + text.slice(i + 1))).toBeUndefined()
        expect(parseAddress(text.toUpperCase())).toBeUndefined()
      }),
    )
    expect(parseAddress('cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4')).toBeUndefined()
    expect(parseAddress('')).toBeUndefined()
    expect(parseAddress('allo1'.repeat(1000))).toBeUndefined()
  })

  it('accepts the reference network’s zero-address placeholder', () => {
    expect(parseAddress('allo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqas6usy')).toEqual(new Uint8Array(20))
  })
})

describe('secp256k1', () => {
  it('signs what another library verifies, and the other way round', async () => {
    const samples = fc.sample(fc.tuple(privateKey, bytes32), { numRuns: 30, seed: 1 })
    for (const [key, digest] of samples) {
      const publicKey = publicKeyOf(key)
      const signature = signSecp256k1(digest, key)
      expect(verifyPortable(digest, signature, publicKey)).toBe(true)
      const theirs = Secp256k1Signature.fromFixedLength(signature)
      expect(await Secp256k1.verifySignature(theirs, digest, publicKey)).toBe(true)
      const pair = await Secp256k1.makeKeypair(key)
      const reverse = (await Secp256k1.createSignature(digest, pair.privkey)).toFixedLength().slice(0, 64)
      expect(verifyPortable(digest, reverse, publicKey)).toBe(true)
    }
  })

  it('refuses high S, zero parts, wrong lengths, other keys and points off the curve', () => {
    fc.assert(
      fc.property(privateKey, bytes32, (key, digest) => {
        const publicKey = publicKeyOf(key)
        const signature = signSecp256k1(digest, key)
        const s = BigInt(`0x${toHex(signature.subarray(32))}`)
        const high = new Uint8Array(signature)
        high.set(Buffer.from((CURVE_ORDER - s).toString(16).padStart(64, '0'), 'hex'), 32)
        expect(verifyPortable(digest, high, publicKey)).toBe(false)
        expect(verifyPortable(digest, new Uint8Array(64), publicKey)).toBe(false)
        expect(verifyPortable(digest, signature.subarray(0, 63), publicKey)).toBe(false)
        expect(verifyPortable(sha256(digest), signature, publicKey)).toBe(false)
        const offCurve = new Uint8Array(33).fill(255)
        offCurve[0] = 2
        expect(verifyPortable(digest, signature, offCurve)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  it('takes r up to the order and s up to half of it, exactly', () => {
    const publicKey = publicKeyOf(new Uint8Array(32).fill(1))
    const isLegal = (r: bigint, s: bigint): boolean => {
      const parts = [r, s].map((part) => part.toString(16).padStart(64, '0'))
      return hasLegalShape(new Uint8Array(32), Buffer.from(parts.join(''), 'hex'), publicKey)
    }
    const half = CURVE_ORDER / 2n
    expect([0n, 1n, CURVE_ORDER - 1n, CURVE_ORDER, 2n ** 256n - 1n].map((r) => isLegal(r, 1n))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
    expect([0n, 1n, half, half + 1n, CURVE_ORDER, 2n ** 256n - 1n].map((s) => isLegal(1n, s))).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

it('sha256 equals the published value for "abc"', () => {
  expect(toHex(sha256(new TextEncoder().encode('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
