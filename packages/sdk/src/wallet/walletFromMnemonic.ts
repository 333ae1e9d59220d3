import { HDKey } from '@scure/bip32'
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { StarlingError } from '../starlingError.ts'
import type { Wallet } from '../types.ts'
import { walletFromPrivateKey } from './walletFromPrivateKey.ts'

const LENGTHS: readonly number[] = [12, 15, 18, 21, 24]
const LARGEST_INDEX = 2 ** 31 - 1
/** 256 bits are 24 words. */
const STRENGTH = 256

/**
 * The wallet of a BIP-39 mnemonic without passphrase, at m/44'/118'/0'/0/index. SPEC wire 4.2
 *
 * Case and white space do not matter; anything that is no whole mnemonic is refused. Messages never repeat a word.
 */
export function walletFromMnemonic(text: string, { index = 0 }: { readonly index?: number } = {}): Wallet {
  if (!Number.isInteger(index) || index < 0 || index > LARGEST_INDEX) {
    throw new StarlingError(
      'bad-input',
      `The index of a key is a whole number from 0 to ${LARGEST_INDEX}, got ${index}.`,
    )
  }
  const seed = mnemonicToSeedSync(normalise(text))
  const { privateKey } = HDKey.fromMasterSeed(seed).derive(`m/44'/118'/0'/0/${index}`)
  if (privateKey === null)
    throw new StarlingError('bad-input', `This mnemonic has no key at index ${index}; take another.`)
  return walletFromPrivateKey(privateKey)
}

/** A new mnemonic of 24 English words. Who has it has the coins: it is shown nowhere else. */
export function newMnemonic(): string {
  return generateMnemonic(wordlist, STRENGTH)
}

function normalise(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) throw new StarlingError('bad-input', 'The mnemonic is empty; give its 12 to 24 words.')
  if (!LENGTHS.includes(words.length)) {
    const message = `The mnemonic has ${words.length} words; it must have 12, 15, 18, 21 or 24. Is one missing?`
    throw new StarlingError('bad-input', message)
  }
  const unknown = words.findIndex((word) => !wordlist.includes(word))
  if (unknown >= 0) {
    const message = `Word ${unknown + 1} of the mnemonic is not in the English BIP-39 list. Check its spelling.`
    throw new StarlingError('bad-input', message)
  }
  const mnemonic = words.join(' ')
  if (validateMnemonic(mnemonic, wordlist)) return mnemonic
  const message =
    'The words of the mnemonic do not fit together (its checksum is wrong). Check their order and spelling.'
  throw new StarlingError('bad-input', message)
}
