import type { MultiStore, StoreSet } from '../store/multiStore.ts'
import type { AbciEvent, Application, CheckResult } from './application.ts'
import { deliverTx, type TxPlace } from './deliverTx.ts'
import { applyGenesis } from './genesis.ts'
import { queryApplication } from './queryApplication.ts'

/** The state machine over a state: what every engine drives. `stores` must have been opened with `storeNames`. */
export function createApplication({ stores, chainId }: { stores: MultiStore; chainId: string }): Application {
  let checkState: StoreSet = stores.scratch()
  return {
    info() {
      const { version, root } = stores.latest()
      return { height: version, appHash: root }
    },
    initChain(genesis) {
      if (genesis.chainId !== chainId) {
        throw new Error(`The genesis is of chain "${genesis.chainId}", this node was started for "${chainId}".`)
      }
      applyGenesis(stores, genesis.appState)
      checkState = stores.fork()
      return { appHash: stores.workingRoot(stores.latest().version + 1n) }
    },
    checkTx: (tx) => checkTx({ stores: checkState, chainId, height: stores.latest().version + 1n }, tx),
    prepareProposal: ({ txs, maxBytes }) => takeWhileFits(txs, maxBytes),
    processProposal: () => true,
    finalizeBlock({ height, txs }) {
      const events: AbciEvent[] = []
      const txResults = txs.map((tx) => {
        const { sender: _sender, sequence: _sequence, ...result } = deliverTx({ stores, chainId, height }, tx)
        return result
      })
      return { txResults, events, appHash: stores.workingRoot(height) }
    },
    commit() {
      stores.commit(stores.latest().version + 1n)
      checkState = stores.scratch()
    },
    query: (input) => queryApplication({ stores, chainId }, input),
  }
}

/** Runs a transaction on the check state and keeps what it did only where the mempool keeps the transaction. */
function checkTx(place: TxPlace, tx: Uint8Array): CheckResult {
  const fork = place.stores.fork()
  const result = deliverTx({ ...place, stores: fork }, tx)
  if (result.code === 0) fork.apply()
  else fork.discard()
  return result
}

/** The first transactions that fit: one that does not fit keeps back all after it, so that a sender's order holds. */
function takeWhileFits(txs: readonly Uint8Array[], maxBytes: number): readonly Uint8Array[] {
  let size = 0
  const tooMuch = txs.findIndex((tx) => {
    size += tx.length
    return size > maxBytes
  })
  return tooMuch === -1 ? txs : txs.slice(0, tooMuch)
}
