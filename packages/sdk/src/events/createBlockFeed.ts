import { StarlingError } from '../starlingError.ts'
import type { BlockNotice } from '../types.ts'

/** Notices kept for iterators that are a little behind; what is older is fetched again. */
const KEPT = 512n
/** An iterator that is further behind has been forgotten by its owner, or will never catch up. */
const LARGEST_LAG = 10_000n

/** The chain's blocks in order, for any number of iterators. It holds a bounded number of them. */
export interface BlockFeed {
  /** Height of the newest block known; undefined before the first. */
  newest(): bigint | undefined
  /** A block whose notice came by itself. */
  add(notice: BlockNotice): void
  /** The chain has come so far; iterators fetch what they are missing. */
  reach(height: bigint): void
  /** Every block after those known now; before anything is known, from the first height the chain is seen at. */
  following(): AsyncIterable<BlockNotice>
  /** Ends all iterators, with an error if one is given. */
  end(error?: StarlingError): void
}

type FeedState = {
  readonly kept: Map<bigint, BlockNotice>
  readonly fetching: Map<bigint, Promise<BlockNotice>>
  readonly sleepers: Set<() => void>
  first: bigint | undefined
  newest: bigint | undefined
  ended: { readonly error: StarlingError | undefined } | undefined
}

/** A feed without blocks. `fetch` gets the notice of a block that is known to exist. */
export function createBlockFeed(fetch: (height: bigint) => Promise<BlockNotice>): BlockFeed {
  const state: FeedState = {
    kept: new Map(),
    fetching: new Map(),
    sleepers: new Set(),
    first: undefined,
    newest: undefined,
    ended: undefined,
  }
  const reach = (height: bigint): void => {
    if (state.newest !== undefined && height <= state.newest) return
    // A chain without blocks is at 0, its first block will be 1.
    state.first ??= height > 0n ? height : 1n
    state.newest = height
    for (const kept of state.kept.keys()) if (kept <= height - KEPT) state.kept.delete(kept)
    wake(state)
  }
  return {
    newest: () => state.newest,
    reach,
    add(notice) {
      state.kept.set(notice.height, notice)
      reach(notice.height)
    },
    following() {
      const start = state.newest === undefined ? undefined : state.newest + 1n
      return { [Symbol.asyncIterator]: () => iterate(state, start, (height) => pull(state, height, fetch)) }
    },
    end(error) {
      state.ended ??= { error }
      wake(state)
    },
  }
}

function wake({ sleepers }: FeedState): void {
  const all = [...sleepers]
  sleepers.clear()
  for (const sleeper of all) sleeper()
}

/** A block's notice from what is kept, or fetched once for all iterators that want it. */
function pull(
  { kept, fetching }: FeedState,
  height: bigint,
  fetch: (height: bigint) => Promise<BlockNotice>,
): Promise<BlockNotice> {
  const known = kept.get(height)
  if (known !== undefined) return Promise.resolve(known)
  const running = fetching.get(height)
  if (running !== undefined) return running
  const asked = fetch(height).finally(() => fetching.delete(height))
  fetching.set(height, asked)
  return asked
}

/** One iterator: a height of its own, and nothing stored for it. Calls of `next` are answered in order. */
function iterate(
  state: FeedState,
  start: bigint | undefined,
  pullAt: (height: bigint) => Promise<BlockNotice>,
): AsyncIterator<BlockNotice> {
  const done = { done: true as const, value: undefined }
  let cursor = start
  let stopped = false
  let tail: Promise<unknown> = Promise.resolve()

  const isOver = (): boolean => stopped || (state.ended !== undefined && state.ended.error === undefined)
  const step = async (): Promise<IteratorResult<BlockNotice>> => {
    try {
      const height = await arrival(state, cursor, isOver)
      if (height === undefined) return done
      const value = await pullAt(height)
      cursor = height + 1n
      return isOver() ? done : { done: false, value }
    } catch (error) {
      if (isOver()) return done
      stopped = true
      throw error
    }
  }
  return {
    next() {
      const result = tail.then(step)
      tail = result.catch(() => {})
      return result
    },
    async return() {
      stopped = true
      wake(state)
      return done
    },
  }
}

/** Waits until the chain has the block at the cursor; undefined where nobody wants it any more. */
async function arrival(
  state: FeedState,
  cursor: bigint | undefined,
  isOver: () => boolean,
): Promise<bigint | undefined> {
  for (;;) {
    if (isOver()) return undefined
    if (state.ended?.error !== undefined) throw state.ended.error
    const height = cursor ?? state.first
    if (height !== undefined && state.newest !== undefined && height <= state.newest) {
      checkLag(height, state.newest)
      return height
    }
    await new Promise<void>((resolve) => state.sleepers.add(resolve))
  }
}

function checkLag(cursor: bigint, newest: bigint): void {
  if (newest - cursor <= LARGEST_LAG) return
  const message = `The reader of blocks is at height ${cursor} and the chain at ${newest}, more than ${LARGEST_LAG} blocks ahead. Read faster, or call blocks() again and query what was missed.`
  throw new StarlingError('unavailable', message)
}
