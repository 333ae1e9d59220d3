import type { BlockStore, StoredBlock } from '../../engine/local/blockStore.ts'
import { toUpperHex } from '../../engine/local/bytes.ts'
import { type BlockStyle, blockIdJson, blockJson, headerJson } from '../blocks/blockJson.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { readWhole } from './params.ts'
import { eventsJson, txResultJson } from './resultJson.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethod, RpcParams } from './rpcMethod.ts'

/** CometBFT's RPC prints hashes in capital hexadecimal. */
export const rpcStyle: BlockStyle = { hash: toUpperHex, parts: 'parts' }

/** Methods that read blocks; without a height, the newest. */
export function blockMethods({ engine }: NodeContext): Readonly<Record<string, RpcMethod>> {
  const blockOf = (params: RpcParams): StoredBlock => {
    const height = readBlockHeight(engine.store, params)
    const block = engine.store.block(height)
    if (block === undefined) throw new RpcError(-32603, `block ${height} not found`)
    return block
  }
  return {
    header: { params: ['height'], run: (params) => ({ header: headerJson(rpcStyle, blockOf(params).header) }) },
    block: {
      params: ['height'],
      run(params) {
        const { header, hash, txs } = blockOf(params)
        return { block_id: blockIdJson(rpcStyle, hash), block: blockJson(rpcStyle, header, txs) }
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

function readBlockHeight(store: BlockStore, params: RpcParams): bigint {
  const newest = store.height()
  if (newest === 0n) throw new RpcError(-32603, 'the chain has no block yet; ask again when it has made the first')
  const height = BigInt(readWhole(params, 'height', 1) ?? newest)
  if (height <= newest) return height
  throw new RpcError(-32603, `height ${height} must be less than or equal to the current blockchain height ${newest}`)
}
