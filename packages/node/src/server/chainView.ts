import type { BlockStore } from '../engine/local/blockStore.ts'
import type { EventBus } from '../engine/local/eventBus.ts'
import type { EngineStatus } from '../engine/local/localEngine.ts'
import type { Mempool } from '../engine/local/mempool.ts'

/** What became of a transaction that was handed in. */
export type Submitted = {
  readonly hash: string
  readonly code: number
  readonly codespace: string
  readonly log: string
}

/** A chain as the REST server and the metrics see it, whichever engine makes its blocks. */
export type ChainView = {
  readonly store: BlockStore
  readonly events: Pick<EventBus, 'subscribe'>
  /** Only where transactions wait in this process. */
  readonly mempool?: Pick<Mempool, 'count' | 'bytes'>
  status(): Pick<EngineStatus, 'chainId' | 'height' | 'appHash' | 'timeMs' | 'halted'>
  /** Checks a transaction and queues it. Throws, or rejects with, a `MempoolError` where it is not taken. */
  submitTx(tx: Uint8Array): Submitted | Promise<Submitted>
}
