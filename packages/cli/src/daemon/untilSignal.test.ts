import { afterEach, describe, expect, it, vi } from 'vitest'
import { whyStopped } from './stopped.ts'
import { untilSignal } from './untilSignal.ts'

const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
afterEach(() => {
  vi.useRealTimers()
  kill.mockClear()
})

/** Resolves to why it was stopped. */
const work = (stop: AbortSignal): Promise<string> =>
  new Promise((resolve) => stop.addEventListener('abort', () => resolve(whyStopped(stop))))

describe('untilSignal', () => {
  it.each([
    ['SIGINT', 'SIGINT (Ctrl-C, or another process)'],
    ['SIGTERM', 'SIGTERM (another process asked it to end)'],
    ['SIGHUP', 'SIGHUP (its terminal was closed)'],
  ] as const)('ends the work at %s, which is the reason, and lets go of the signals', async (signal, why) => {
    const before = process.listenerCount(signal)
    const ended = untilSignal(work)
    expect(process.listenerCount(signal)).toBe(before + 1)
    process.emit(signal, signal)
    expect(await ended).toBe(why)
    expect(process.listenerCount(signal)).toBe(before)
    expect(kill.mock.calls).toEqual(signal === 'SIGHUP' ? [[process.pid, 'SIGHUP']] : [])
  })

  it('takes the same signal twice at once for one, and ends the process when it is asked again later', async () => {
    vi.useFakeTimers()
    let end = (): void => undefined
    const ended = untilSignal(() => new Promise<void>((resolve) => (end = resolve)))
    process.emit('SIGINT', 'SIGINT')
    process.emit('SIGINT', 'SIGINT')
    expect(kill).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1000)
    process.emit('SIGINT', 'SIGINT')
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']])
    end()
    await ended
  })
})
