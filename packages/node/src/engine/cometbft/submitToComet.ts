import type { Submitted } from '../../server/chainView.ts'
import { grpcStatus } from '../../server/grpcStatus.ts'
import { ServerError } from '../../server/serverError.ts'
import { MempoolError, type MempoolRefusal } from '../local/mempoolError.ts'
import { type CometRpc, CometRpcError, isRecord } from './cometRpc.ts'

/** How CometBFT words what its mempool refuses. */
const refusals: readonly (readonly [RegExp, MempoolRefusal])[] = [
  [/already exists in cache/i, 'duplicate'],
  [/mempool is full/i, 'full'],
  [/tx too large|too large/i, 'tooLarge'],
]

/**
 * Hands a transaction to CometBFT, which checks it with the application. Rejects with a `MempoolError` where it is not
 * taken, and with a `ServerError` where CometBFT does not answer.
 */
export async function submitToComet(rpc: CometRpc, tx: Uint8Array): Promise<Submitted> {
  try {
    const result = await rpc('broadcast_tx_sync', { tx: Buffer.from(tx).toString('base64') })
    const { hash, code, codespace, log } = isRecord(result) ? result : {}
    if (typeof hash === 'string' && typeof code === 'number') {
      return { hash, code, codespace: String(codespace ?? ''), log: String(log ?? '') }
    }
  } catch (error) {
    if (!(error instanceof CometRpcError)) throw error
    const [, kind] = error.unreachable ? [] : (refusals.find(([words]) => words.test(error.message)) ?? [])
    if (kind !== undefined) throw new MempoolError(kind, error.message)
    throw new ServerError(grpcStatus.UNAVAILABLE, error.message)
  }
  const sentence = 'What answers for CometBFT tells no hash and code of a transaction. Give its RPC address with --rpc.'
  throw new ServerError(grpcStatus.UNAVAILABLE, sentence)
}
