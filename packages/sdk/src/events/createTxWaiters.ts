import { StarlingError } from '../starlingError.ts'
import type { LandedTx } from '../types.ts'

/** Own transactions whose events are kept until somebody waits for them. */
const MOST_EXPECTED = 1_000

/** Those who wait for a transaction to stand in a block. */
export interface TxWaiters {
  /** A transaction is about to be broadcast: its event shall not be missed before `wait` is called. */
  expect(hash: string): void
  /** Its broadcast failed: it may have landed before it was expected. */
  forget(hash: string): void
  /** True where somebody waits for it or may do so. */
  wants(hash: string): boolean
  wait(hash: string, timeoutHeight: bigint): Promise<LandedTx>
  /** A transaction stands in a block. */
  land(tx: LandedTx): void
  /** Every transaction from now on will be told to `land`; what landed before is looked up. */
  listen(): Promise<void>
  /** From now on events may be missed. */
  deafen(): void
  /** The chain has come so far: looks up what may have been missed, gives up what is past its time. */
  reach(height: bigint): Promise<void>
  /** Ends all waiting. */
  fail(error: StarlingError): void
  /** Ends all waiting, now and later. */
  end(error: StarlingError): void
}

type Waiter = {
  readonly hash: string
  readonly timeoutHeight: bigint
  readonly resolve: (tx: LandedTx) => void
  readonly reject: (error: StarlingError) => void
}

type WaiterState = {
  readonly waiting: Map<string, Set<Waiter>>
  /** Hashes that were broadcast while events came in, and the event if it was faster. Forgotten when events stop. */
  readonly expected: Map<string, LandedTx | undefined>
  listening: boolean
  ended: StarlingError | undefined
}

/** Nobody waits yet. `lookUp` finds a transaction by its hash. */
export function createTxWaiters(lookUp: (hash: string) => Promise<LandedTx | undefined>): TxWaiters {
  const state: WaiterState = { waiting: new Map(), expected: new Map(), listening: false, ended: undefined }
  const { waiting, expected } = state

  // False where the node does not answer now: it is asked again by the next block, or once it is back.
  const find = async (hash: string): Promise<boolean> => {
    try {
      const tx = await lookUp(hash)
      if (tx !== undefined) settle(state, hash, ({ resolve }) => resolve(tx))
      return true
    } catch {
      return false
    }
  }
  const fail = (error: StarlingError): void => {
    for (const hash of [...waiting.keys()]) settle(state, hash, ({ reject }) => reject(error))
  }
  const findAll = async (): Promise<void> => {
    await Promise.all(Array.from(waiting.keys(), find))
  }
  return {
    expect(hash) {
      if (!state.listening) return
      expected.set(hash, undefined)
      for (const oldest of expected.keys()) {
        if (expected.size <= MOST_EXPECTED) break
        expected.delete(oldest)
      }
    },
    forget: (hash) => void expected.delete(hash),
    wants: (hash) => waiting.has(hash) || expected.has(hash),
    wait(hash, timeoutHeight) {
      if (state.ended !== undefined) return Promise.reject(state.ended)
      const seen = expected.get(hash)
      const covered = expected.delete(hash)
      if (seen !== undefined) return Promise.resolve(seen)
      const landed = new Promise<LandedTx>((resolve, reject) => {
        const waiter = { hash, timeoutHeight, resolve, reject }
        const others = waiting.get(hash)
        if (others === undefined) waiting.set(hash, new Set([waiter]))
        else others.add(waiter)
      })
      // Without events the next look at the chain finds it; with them, only what landed before it was expected is missed.
      if (state.listening && !covered) void find(hash)
      return landed
    },
    land(tx) {
      settle(state, tx.hash, ({ resolve }) => resolve(tx))
      if (expected.has(tx.hash)) expected.set(tx.hash, tx)
    },
    async listen() {
      state.listening = true
      await findAll()
    },
    deafen() {
      state.listening = false
      expected.clear()
    },
    async reach(height) {
      if (!state.listening) await findAll()
      await Promise.all(overdue(state, height).map((hash) => giveUp(state, hash, height, find)))
    },
    fail,
    end(error) {
      state.ended = error
      fail(error)
    },
  }
}

function settle({ waiting }: WaiterState, hash: string, tell: (waiter: Waiter) => void): void {
  const waiters = waiting.get(hash)
  waiting.delete(hash)
  for (const waiter of waiters ?? []) tell(waiter)
}

function overdue({ waiting }: WaiterState, height: bigint): readonly string[] {
  const isLate = ({ timeoutHeight }: Waiter): boolean => timeoutHeight < height
  return Array.from(waiting).flatMap(([hash, waiters]) => ([...waiters].some(isLate) ? [hash] : []))
}

/** Looks a last time; those whose time has passed are told so. */
async function giveUp(
  { waiting }: WaiterState,
  hash: string,
  height: bigint,
  find: (hash: string) => Promise<boolean>,
): Promise<void> {
  if (!(await find(hash))) return
  const waiters = waiting.get(hash)
  for (const waiter of waiters ?? []) {
    if (waiter.timeoutHeight >= height) continue
    waiters?.delete(waiter)
    const message = `Transaction ${hash} stands in no block up to its last, ${waiter.timeoutHeight}; the chain is at ${height}. It will not land any more: send it anew.`
    waiter.reject(new StarlingError('timeout', message))
  }
  if (waiters?.size === 0) waiting.delete(hash)
}
