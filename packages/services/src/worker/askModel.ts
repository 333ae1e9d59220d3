import { sentenceOf } from '../shared/failure.ts'
import { orAborted } from '../shared/orAborted.ts'
import type { Timers } from '../shared/timers.ts'

/** What a model gave, or why it gave nothing. */
export type Asked = { readonly output: unknown } | { readonly fault: string }

/** How long one waits for a model. */
export type Patience = {
  /** Aborts when the answer would come too late, or the worker stops. */
  readonly until: AbortSignal
  /** Aborts when the worker stops. */
  readonly stop: AbortSignal
  /** Wall-clock limit in milliseconds; undefined = none. */
  readonly timeoutMs: number | undefined
  readonly timers: Timers
}

/** Calls a model that may throw, hang or answer too late. */
export async function askModel(
  call: (signal: AbortSignal) => unknown,
  { until, timeoutMs, timers }: Patience,
): Promise<Asked> {
  if (until.aborted) return { fault: 'the window closed before it was asked' }
  const ending = new AbortController()
  const end = (): void => ending.abort()
  until.addEventListener('abort', end)
  let isLate = false
  if (timeoutMs !== undefined) {
    void timers.sleep(timeoutMs, ending.signal).then(() => {
      isLate = !ending.signal.aborted
      end()
    })
  }
  try {
    const answer = Promise.resolve(call(ending.signal)).then((output) => ({ output }))
    const asked = await orAborted<Asked>(answer, ending.signal)
    if (asked !== undefined) return asked
    return {
      fault: isLate ? `it gave no answer within ${timeoutMs} ms` : 'it was still at work when the window closed',
    }
  } catch (error) {
    return { fault: `it failed: ${sentenceOf(error)}` }
  } finally {
    until.removeEventListener('abort', end)
    end()
  }
}
