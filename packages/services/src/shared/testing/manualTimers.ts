import type { Timers } from '../timers.ts'

/** Timers that a test moves by hand. */
export type ManualTimers = Timers & {
  /** Lets so many milliseconds pass. */
  pass(ms: number): void
  /** How many sleep. */
  sleeping(): number
}

/** Timers at rest. */
export function createManualTimers(): ManualTimers {
  let now = 0
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>()
  return {
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const wake = (): void => {
          sleepers.delete(sleeper)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper = { due: now + ms, wake }
        sleepers.add(sleeper)
        signal.addEventListener('abort', wake)
      }),
    pass(ms) {
      now += ms
      for (const sleeper of [...sleepers]) if (sleeper.due <= now) sleeper.wake()
    },
    sleeping: () => sleepers.size,
  }
}
