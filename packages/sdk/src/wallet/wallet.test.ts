import { toHex } from '@starling/protocol/bytes/hex'
import { parseAddress } from '@starling/protocol/crypto/address'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StarlingError } from '../starlingError.ts'
import { newMnemonic, walletFromMnemonic } from './walletFromMnemonic.ts'
import { walletFromPrivateKey } from './walletFromPrivateKey.ts'
import { walletFromSeed } from './walletFromSeed.ts'

const eleven = Array.from({ length: 11 }, () => 'abandon').join(' ')
const phrase = `${eleven} about`
const address = 'allo19rl4cm2hmr8afy4kldpxz3fka4jguq0ajnh7gv'
const bytesOf = (text: string): string => toHex(parseAddress(text) ?? new Uint8Array())

function refusalOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof StarlingError && error.kind === 'bad-input') return error.message
    throw error
  }
  throw new Error('it was accepted')
}

describe('wallets', () => {
  it.each([
    ['as it is', phrase],
    ['two spaces before the last word', `${eleven}  about`],
    ['a newline at the end', `${phrase}\n`],
    ['CRLF at the end', `${phrase}\r\n`],
    ['tabs', phrase.replaceAll(' ', '\t')],
    ['upper case', phrase.toUpperCase()],
    ['spaces around', `  ${phrase} `],
    ['ideographic spaces', phrase.replaceAll(' ', '\u3000')],
  ])('FL-33 one address, whatever the spelling: %s', (_, text) => {
    expect(walletFromMnemonic(text).address).toBe(address)
    expect(bytesOf(walletFromMnemonic(text).address)).toBe('28ff5c6d57d8cfd492b6fb42614536ed648e01fd')
  })

  it.each([
    ['', 'empty'],
    [' \n\t', 'empty'],
    [eleven, '11 words'],
    [`${phrase} about`, '13 words'],
    [`${eleven} abandon`, 'checksum'],
    [`${eleven} abuot`, 'Word 12'],
  ])('FL-33 refuses what is no mnemonic and never repeats a word: "%s"', (text, reason) => {
    const message = refusalOf(() => walletFromMnemonic(text))
    expect(message).toContain(reason)
    expect(message).not.toMatch(/abandon|about|abuot/)
  })

  it('derives other keys at other indices and refuses an index that is none', () => {
    expect(walletFromMnemonic(phrase, { index: 0 }).address).toBe(address)
    expect(walletFromMnemonic(phrase, { index: 1 }).address).not.toBe(address)
    for (const index of [-1, 0.5, 2 ** 31]) refusalOf(() => walletFromMnemonic(phrase, { index }))
  })

  it('makes new mnemonics of 24 words that differ', () => {
    const [first, second] = [newMnemonic(), newMnemonic()]
    expect(first.split(' ')).toHaveLength(24)
    expect(first).not.toBe(second)
    expect(walletFromMnemonic(first).address).not.toBe(walletFromMnemonic(second).address)
  })

  it('derives the same key from the same seed and name, and different ones otherwise', () => {
    expect(walletFromSeed('42', 'worker-1').address).toBe('allo174qvndnk62ax36xzd3nktj674cjpm6tfxh442u')
    const text = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', '/', '1') })
    fc.assert(
      fc.property(text, text, text, text, (seed, name, otherSeed, otherName) => {
        const same = seed === otherSeed && name === otherName
        expect(walletFromSeed(seed, name).address === walletFromSeed(otherSeed, otherName).address).toBe(same)
      }),
      { numRuns: 50 },
    )
    refusalOf(() => walletFromSeed('', 'worker'))
    refusalOf(() => walletFromSeed('42', ''))
  })

  it('takes a raw key as bytes or digits and refuses what is none without repeating it', () => {
    const wallet = walletFromMnemonic(phrase)
    expect(walletFromPrivateKey(wallet.privateKey)).toEqual(wallet)
    expect(walletFromPrivateKey(`${toHex(wallet.privateKey)}\n`)).toEqual(wallet)
    for (const key of ['', 'zz', '00'.repeat(31), '00'.repeat(32), 'ff'.repeat(32), new Uint8Array(33)]) {
      expect(refusalOf(() => walletFromPrivateKey(key))).not.toContain('ffff')
    }
  })

  it('does not share the bytes of a key with its caller', () => {
    const key = new Uint8Array(32).fill(7)
    const wallet = walletFromPrivateKey(key)
    key.fill(0)
    expect(wallet.privateKey).toEqual(new Uint8Array(32).fill(7))
  })
})
