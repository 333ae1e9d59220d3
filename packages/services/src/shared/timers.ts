/** Waiting on the wall clock, behind an interface so that tests need not wait. */
export type Timers = {
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** The wall clock of this machine. */
export const systemTimers: Timers = {
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const end = (): void => {
        clearTimeout(handle)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const handle = setTimeout(end, ms)
      signal.addEventListener('abort', end)
    }),
}
