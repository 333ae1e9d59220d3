import type { StoredTx } from './blockStore.ts'

type Waiter = {
  readonly hash: string
  readonly timeoutHeight: bigint
  readonly resolve: (tx: StoredTx) => void
  readonly reject: (error: Error) => void
}

/** Callers that wait for a transaction to stand in a block. */
export interface TxWaiters {
  wait(hash: string, timeoutHeight: bigint): Promise<StoredTx>
  /** A block was committed: answers those whose transaction it holds, and those whose time is up. */
  committed(height: bigint, txs: readonly StoredTx[]): void
  /** Nothing will be committed any more. */
  fail(reason: string): void
}

/** Nobody waits. `find` looks a committed transaction up, `height` is the chain's. */
export function createTxWaiters(find: (hash: string) => StoredTx | undefined, height: () => bigint): TxWaiters {
  let waiters: Waiter[] = []
  const timedOut = ({ hash, timeoutHeight }: Pick<Waiter, 'hash' | 'timeoutHeight'>): Error =>
    new Error(
      `Transaction ${hash} is in no block up to height ${timeoutHeight}. Check that it was accepted, or wait for a later height.`,
    )
  return {
    wait(text, timeoutHeight) {
      const hash = text.toUpperCase()
      const found = find(hash)
      if (found !== undefined) return Promise.resolve(found)
      if (height() >= timeoutHeight) return Promise.reject(timedOut({ hash, timeoutHeight }))
      return new Promise((resolve, reject) => waiters.push({ hash, timeoutHeight, resolve, reject }))
    },
    committed(at, txs) {
      if (waiters.length === 0) return
      const byHash = new Map(txs.map((tx) => [tx.hash, tx]))
      const left: Waiter[] = []
      for (const waiter of waiters) {
        const tx = byHash.get(waiter.hash)
        if (tx !== undefined) waiter.resolve(tx)
        else if (at >= waiter.timeoutHeight) waiter.reject(timedOut(waiter))
        else left.push(waiter)
      }
      waiters = left
    },
    fail(reason) {
      const all = waiters
      waiters = []
      for (const waiter of all) waiter.reject(new Error(reason))
    },
  }
}
