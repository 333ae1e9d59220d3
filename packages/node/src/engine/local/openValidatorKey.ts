import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type BlockSigner, createBlockSigner } from './blockSigner.ts'
import { toUpperHex } from './bytes.ts'

const FILE = 'priv_validator_key.json'

/**
 * Opens the validator's key in a node's directory; makes a random one where there is none. The file has CometBFT's format
 * and mode 0600. A file that is no such key is an error that says so: a new key could not go on with the chain.
 */
export function openValidatorKey(directory: string): BlockSigner {
  const path = join(directory, FILE)
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true })
    writeWhole(path, keyJson(randomBytes(32)))
  }
  const seed = readSeed(readFileSync(path, 'utf8'))
  if (seed !== undefined) return createBlockSigner(seed)
  throw new Error(
    `${path} is no key of a CometBFT validator. Restore it from a backup: without this key the chain in ${directory} cannot go on. To begin a new chain, remove the directory.`,
  )
}

function keyJson(seed: Uint8Array): string {
  const { address, publicKey } = createBlockSigner(seed).validator
  const base64 = (...bytes: readonly Uint8Array[]): string => Buffer.concat(bytes).toString('base64')
  const key = {
    address: toUpperHex(address),
    pub_key: { type: 'tendermint/PubKeyEd25519', value: base64(publicKey) },
    priv_key: { type: 'tendermint/PrivKeyEd25519', value: base64(seed, publicKey) },
  }
  return `${JSON.stringify(key, undefined, 2)}\n`
}

/** The 32 secret bytes, where the file's private and public key belong together. */
function readSeed(text: string): Uint8Array | undefined {
  const shape = /"priv_key":\s*\{\s*"type":\s*"tendermint\/PrivKeyEd25519",\s*"value":\s*"([A-Za-z0-9+/]{86}==)"\s*\}/
  const both = Buffer.from(shape.exec(text)?.[1] ?? '', 'base64')
  if (both.length !== 64) return undefined
  const seed = new Uint8Array(both.subarray(0, 32))
  return both.subarray(32).equals(createBlockSigner(seed).validator.publicKey) ? seed : undefined
}

/** Writes the file whole or not at all, and durably: blocks signed with a lost key could not be continued. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`
  const file = openSync(draft, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(draft, path)
}
