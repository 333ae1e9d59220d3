/** Calls at a steady pace. */
export interface BlockTimer {
  start(intervalMs: number): void
  stop(): void
  running(): boolean
}

/** Of intervals; the machine may have slept, which is no reason to wait as long again. */
const LONGEST_REST = 5

/**
 * A stopped timer. Missed calls are not made up for: after a late call the machine is busy, and others, who have to do
 * something between two calls, are given as long as the call was late.
 */
export function createBlockTimer(call: () => void): BlockTimer {
  let handle: NodeJS.Timeout | undefined
  const stop = (): void => {
    clearTimeout(handle)
    handle = undefined
  }
  const schedule = (due: number, intervalMs: number): void => {
    handle = setTimeout(
      () => {
        const now = Date.now()
        const rest = Math.min(now - due, LONGEST_REST * intervalMs)
        const next = Math.max(due + intervalMs, now + rest)
        schedule(next, intervalMs)
        try {
          call()
        } catch {
          // The engine has remembered the error and halted; its status tells.
          stop()
        }
      },
      Math.max(0, due - Date.now()),
    )
  }
  return {
    start(intervalMs) {
      if (!Number.isFinite(intervalMs) || intervalMs < 1) {
        throw new Error(`The block time is ${intervalMs} ms, but must be at least 1 ms. Give a larger one.`)
      }
      if (handle !== undefined) throw new Error('The timer runs already. Stop it before starting it again.')
      schedule(Date.now() + intervalMs, intervalMs)
    },
    stop,
    running: () => handle !== undefined,
  }
}
