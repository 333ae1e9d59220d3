import { toBase64 } from '@starling/protocol/bytes/base64'
import { toHex } from '@starling/protocol/bytes/hex'
import type { BlockId, LightBlock, Time } from '@starling/protocol/proof/cometTypes'
import type { RawBlock } from './verdictOf.ts'

/** Writes a light block as CometBFT's RPC does, for chains whose validators change: our node has one. */
export function toRpcJson({ header, commit, validators }: LightBlock): RawBlock {
  const hashes = Object.entries(header).flatMap(([name, value]) =>
    value instanceof Uint8Array ? [[snakeCase(name), toHex(value)]] : [],
  )
  return {
    commit: {
      signed_header: {
        header: {
          ...Object.fromEntries(hashes),
          version: { block: String(header.version.block), app: String(header.version.app) },
          chain_id: header.chainId,
          height: String(header.height),
          time: isoTime(header.time),
          last_block_id: blockIdJson(header.lastBlockId),
        },
        commit: {
          height: String(commit.height),
          round: commit.round,
          block_id: blockIdJson(commit.blockId),
          signatures: commit.signatures.map(({ flag, validatorAddress, time, signature }) => ({
            block_id_flag: flag,
            validator_address: toHex(validatorAddress),
            timestamp: isoTime(time),
            signature: toBase64(signature),
          })),
        },
      },
    },
    validators: {
      block_height: String(header.height),
      total: String(validators.length),
      validators: validators.map(({ address, publicKey, power }) => ({
        address: toHex(address),
        pub_key: { type: 'tendermint/PubKeyEd25519', value: toBase64(publicKey) },
        voting_power: String(power),
      })),
    },
  }
}

const blockIdJson = ({ hash, parts }: BlockId): unknown => ({
  hash: toHex(hash),
  parts: { total: parts.total, hash: toHex(parts.hash) },
})

const isoTime = ({ seconds }: Time): string => new Date(Number(seconds) * 1000).toISOString()

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
