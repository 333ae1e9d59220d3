/** Resolves after so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Pauses that can all be cut short, so that closing never waits for a timer. */
export interface Naps {
  nap(ms: number): Promise<void>
  /** Ends every pause now, and every later one at once. */
  end(): void
}

/** Pauses of one owner. */
export function createNaps(): Naps {
  const sleepers = new Map<ReturnType<typeof setTimeout>, () => void>()
  let ended = false
  return {
    nap: (ms) =>
      new Promise((resolve) => {
        if (ended) return resolve()
        const timer = setTimeout(() => {
          sleepers.delete(timer)
          resolve()
        }, ms)
        sleepers.set(timer, resolve)
      }),
    end() {
      ended = true
      for (const [timer, resolve] of sleepers) {
        clearTimeout(timer)
        resolve()
      }
      sleepers.clear()
    },
  }
}

/** Wait before attempt n (from 0): doubles from `firstMs` up to `maxMs`, with jitter so that clients do not march in step. */
export function backoff(attempt: number, firstMs: number, maxMs: number): number {
  const longest = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30))
  return longest * (0.5 + Math.random() / 2)
}
