import type { MultiStore, StoreSet } from '../store/multiStore.ts'
import { answerQuery } from './answerQuery.ts'
import type { AbciEvent, Application, CheckResult } from './application.ts'
import type { Context } from './context.ts'
import { deliverTx, type TxPlace } from './deliverTx.ts'
import { applyGenesis } from './genesis.ts'
import { beginBlockHooks, endBlockHooks, type Hook } from './order.ts'
import { queryApplication } from './queryApplication.ts'
import { simulateQuery } from './simulateTx.ts'

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
      runHooks(beginBlockHooks, 'BeginBlock', { state: stores, chainId, height }, events)
      const txResults = txs.map((tx) => {
        const { sender: _sender, sequence: _sequence, ...result } = deliverTx({ stores, chainId, height }, tx)
        return result
      })
      runHooks(endBlockHooks, 'EndBlock', { state: stores, chainId, height }, events)
      return { txResults, events, appHash: stores.workingRoot(height) }
    },
    commit() {
      stores.commit(stores.latest().version + 1n)
      checkState = stores.scratch()
    },
    query(input) {
      if (input.path !== simulateQuery.grpc) return queryApplication({ stores, chainId }, input)
      // On top of what waits for the next block, as the transaction itself will run.
      const { version } = stores.latest()
      const place = { stores: checkState, chainId, height: version + 1n }
      return answerQuery(simulateQuery, place, input.data, version)
    },
  }
}

/** Runs the hooks of one end of a block; their events say which, as the last attribute. SPEC wire 5 */
function runHooks(hooks: readonly Hook[], mode: string, place: Omit<Context, 'emit'>, events: AbciEvent[]): void {
  const last = { key: 'mode', value: mode, index: true }
  const emit: Context['emit'] = ({ type, attributes }) => events.push({ type, attributes: [...attributes, last] })
  for (const hook of hooks) hook({ ...place, emit })
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
