import type { BlockStore } from '../../engine/local/blockStore.ts'
import { readWhole } from './params.ts'
import { RpcError } from './rpcError.ts'
import type { RpcParams } from './rpcMethod.ts'

/** Height of the newest block; refuses to answer before there is one: nothing could be verified. */
export function newestHeight(store: BlockStore): bigint {
  const newest = store.height()
  if (newest > 0n) return newest
  throw new RpcError(-32603, 'the chain has no block yet; ask again when it has made the first')
}

/** The height that is asked for, which must have a block; without one, the newest. */
export function readHeight(store: BlockStore, params: RpcParams): bigint {
  const newest = newestHeight(store)
  const height = BigInt(readWhole(params, 'height', 1) ?? newest)
  if (height <= newest) return height
  throw new RpcError(-32603, `height ${height} must be less than or equal to the current blockchain height ${newest}`)
}
