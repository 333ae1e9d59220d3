import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createBlockSigner } from '@starling/node/engine/local/blockSigner'
import { validatorAddress } from '@starling/protocol/proof/validatorAddress'
import { CliError } from '../cliError.ts'

/** Writes a new random key by which peers know a node, in CometBFT's format, mode 0600. */
export function writeNodeKey(file: string): void {
  const seed = randomBytes(32)
  const { publicKey } = createBlockSigner(seed).validator
  const value = Buffer.concat([seed, publicKey]).toString('base64')
  const key = { priv_key: { type: 'tendermint/PrivKeyEd25519', value } }
  writeFileSync(file, `${JSON.stringify(key)}\n`, { mode: 0o600 })
}

/** CometBFT's id of the node with this key: the address of its public half, in hexadecimal. */
export function readNodeId(file: string): string {
  const [, value = ''] = /"value":\s*"([A-Za-z0-9+/]{86}==)"/.exec(readFileSync(file, 'utf8')) ?? []
  const both = Buffer.from(value, 'base64')
  if (both.length === 64) return Buffer.from(validatorAddress(new Uint8Array(both.subarray(32)))).toString('hex')
  throw new CliError(
    3,
    `${file} is no node key of CometBFT's. Restore it, or begin anew with "starling net up --reset".`,
  )
}
