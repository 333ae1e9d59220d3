import type { Rpc } from '../http/createRpc.ts'
import { integerAt, listAt } from '../http/json.ts'
import { backoff, type Naps } from '../http/pause.ts'
import { StarlingError } from '../starlingError.ts'
import { readEvents } from '../tx/readTx.ts'
import type { BlockNotice } from '../types.ts'

/** A node may know a block a moment before its results. */
const MOST_REFUSALS = 5

/** How a missed block is fetched: as long as it takes, unless closed. */
export type FetchOptions = {
  readonly rpc: Rpc
  readonly naps: Naps
  readonly isClosed: () => boolean
  readonly pace: { readonly reconnectMs: number; readonly reconnectMaxMs: number }
}

/** The notice of a block that the chain has. Waits for a node that is away; throws where the node has dropped the block. */
export async function fetchNotice({ rpc, naps, isClosed, pace }: FetchOptions, height: bigint): Promise<BlockNotice> {
  let refusals = 0
  for (let attempt = 0; ; attempt++) {
    try {
      const result = await rpc.call('block_results', { height: height.toString() })
      return {
        height: integerAt(result, ['height']),
        events: readEvents(listAt(result, 'finalize_block_events')),
      }
    } catch (error) {
      if (error instanceof StarlingError && error.kind === 'unavailable') refusals += 1
      if (isClosed()) throw error
      if (refusals > MOST_REFUSALS) throw gapError(height, error)
    }
    await naps.nap(backoff(attempt, pace.reconnectMs, pace.reconnectMaxMs))
  }
}

function gapError(height: bigint, cause: unknown): StarlingError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const message = `Block ${height} was missed and cannot be fetched any more: ${reason} Call blocks() again and query what was missed.`
  return new StarlingError('unavailable', message, { cause })
}
