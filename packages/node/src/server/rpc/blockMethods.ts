import type { BlockSummary, StoredBlock } from '../../engine/local/blockStore.ts'
import { toUpperHex } from '../../engine/local/bytes.ts'
import { commitAt } from '../../engine/local/commits.ts'
import { type BlockStyle, blockIdJson, blockJson, commitJson, headerJson } from '../blocks/blockJson.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { invalid, readBase64, readWhole } from './params.ts'
import { newestHeight, readHeight } from './readHeight.ts'
import { eventsJson, txResultJson } from './resultJson.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethod, RpcParams } from './rpcMethod.ts'

/** CometBFT's RPC prints hashes in capital hexadecimal. */
export const rpcStyle: BlockStyle = { hash: toUpperHex, parts: 'parts', committed: 2 }

const MAX_HEADERS = 20n

/** Methods that read blocks; without a height, the newest. */
export function blockMethods({ engine }: NodeContext): Readonly<Record<string, RpcMethod>> {
  const { store } = engine
  const blockOf = (params: RpcParams): StoredBlock => existing(readHeight(store, params), store.block)
  const resultOf = (block: StoredBlock): object => ({
    block_id: blockIdJson(rpcStyle, block),
    block: blockJson(rpcStyle, block),
  })
  const heightOfHash = (params: RpcParams): bigint | undefined => {
    const hash = readBase64(params, 'hash')
    if (hash?.length === 32) return store.heightOfBlock(hash)
    throw invalid(`hash must have 32 bytes, got ${hash?.length ?? 'nothing'}`)
  }
  return {
    header: {
      params: ['height'],
      run: (params) => ({ header: headerJson(rpcStyle, existing(readHeight(store, params), store.summary).header) }),
    },
    header_by_hash: {
      params: ['hash'],
      run(params) {
        const height = heightOfHash(params)
        const header = height === undefined ? undefined : store.summary(height)?.header
        return { header: header === undefined ? null : headerJson(rpcStyle, header) }
      },
    },
    block: { params: ['height'], run: (params) => resultOf(blockOf(params)) },
    block_by_hash: {
      params: ['hash'],
      run(params) {
        const height = heightOfHash(params)
        if (height === undefined) return { block_id: blockIdJson(rpcStyle, NO_BLOCK), block: null }
        return resultOf(existing(height, store.block))
      },
    },
    commit: {
      params: ['height'],
      run(params) {
        const height = readHeight(store, params)
        const { header } = existing(height, store.summary)
        const { commit, isCanonical } = existing(height, (at) => commitAt(store, at))
        const signed = { header: headerJson(rpcStyle, header), commit: commitJson(rpcStyle, commit) }
        return { signed_header: signed, canonical: isCanonical }
      },
    },
    blockchain: {
      params: ['minHeight', 'maxHeight'],
      run(params) {
        const newest = newestHeight(store)
        const max = smaller(BigInt(readWhole(params, 'maxHeight', 0) || newest), newest)
        const least = max > MAX_HEADERS ? max - MAX_HEADERS + 1n : 1n
        const min = larger(BigInt(readWhole(params, 'minHeight', 0) || 1), least)
        if (min > max) throw invalid(`minHeight ${min} must not be above maxHeight ${max}`)
        const heights = Array.from({ length: Number(max - min) + 1 }, (_, i) => max - BigInt(i))
        return { last_height: String(newest), block_metas: heights.map((at) => metaJson(existing(at, store.summary))) }
      },
    },
    block_results: {
      params: ['height'],
      run(params) {
        const { header, results } = blockOf(params)
        return {
          height: String(header.height),
          txs_results: results.txResults.length === 0 ? null : results.txResults.map(txResultJson),
          finalize_block_events: eventsJson(results.events),
          validator_updates: null,
          consensus_param_updates: null,
          app_hash: Buffer.from(results.appHash).toString('base64'),
        }
      },
    },
  }
}

const NO_BLOCK = { hash: new Uint8Array(), parts: { total: 0, hash: new Uint8Array() } }

function metaJson(summary: BlockSummary): object {
  return {
    block_id: blockIdJson(rpcStyle, summary),
    block_size: String(summary.size),
    header: headerJson(rpcStyle, summary.header),
    num_txs: String(summary.txCount),
  }
}

function existing<T>(height: bigint, read: (height: bigint) => T | undefined): T {
  const found = read(height)
  if (found === undefined) throw new RpcError(-32603, `block ${height} not found`)
  return found
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
