import { endings, stoppedBy } from './stopped.ts'

type Ending = keyof typeof endings
// Object.keys knows only that they are texts.
const signals = Object.keys(endings) as readonly Ending[]
/** A second signal is meant as one only after so many milliseconds: npm passes on what the terminal has sent already. */
const SAME_MS = 1000

/**
 * Does something that ends when the user asks for it: Ctrl-C, a polite kill and a closed terminal abort the signal, whose
 * reason says which. Who asks again, after a moment, ends the process at once. After a closed terminal it has ended.
 */
export async function untilSignal<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController()
  let first: number | undefined
  let isTerminalGone = false
  const onSignal = (signal: Ending): void => {
    first ??= performance.now()
    isTerminalGone ||= signal === 'SIGHUP'
    stopping.abort(stoppedBy(signal))
    if (performance.now() - first < SAME_MS) return
    letGo()
    process.kill(process.pid, signal)
  }
  const letGo = (): void => {
    for (const signal of signals) process.removeListener(signal, onSignal)
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    return await work(stopping.signal)
  } finally {
    letGo()
    // As a closed terminal ends every process that does not care; Node itself would abort on the terminal that is gone.
    if (isTerminalGone) process.kill(process.pid, 'SIGHUP')
  }
}
