import { afterEach, describe, expect, it, vi } from 'vitest'
import { createBlockTimer } from './blockTimer.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** A clock that stands still, and the one timer that waits on it. */
function openClock() {
  const clock = { now: 0, waiting: undefined as { readonly at: number; readonly run: () => void } | undefined }
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now)
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) => {
    clock.waiting = { at: clock.now + ms, run }
    return {}
  }) as typeof setTimeout)
  vi.spyOn(globalThis, 'clearTimeout').mockImplementation(() => {
    clock.waiting = undefined
  })
  /** Runs what waits, each when its time has come and nothing else keeps the process busy. */
  const runAll = (): void => {
    for (let next = clock.waiting; next !== undefined; next = clock.waiting) {
      clock.waiting = undefined
      clock.now = Math.max(clock.now, next.at)
      next.run()
    }
  }
  return { clock, runAll }
}

/** When a timer of 100 ms calls, where each call keeps the process busy for so long. */
function callsOf(busyMs: readonly number[]): readonly number[] {
  const { clock, runAll } = openClock()
  const calls: number[] = []
  const timer = createBlockTimer(() => {
    calls.push(clock.now)
    clock.now += busyMs[calls.length - 1] ?? 0
    if (calls.length > busyMs.length) timer.stop()
  })
  timer.start(100)
  runAll()
  expect(timer.running()).toBe(false)
  return calls
}

describe('the timer of blocks', () => {
  it('keeps its pace also where a call takes a while', () => {
    expect(callsOf([0, 30, 90, 0])).toEqual([100, 200, 300, 400, 500])
  })

  it('makes up for no call, and gives as much time as one was late, but not for ever', () => {
    // Busy for 250 ms from 100 on: the second call is 150 ms late, and the third comes 150 ms later.
    expect(callsOf([250, 0])).toEqual([100, 350, 500])
    expect(callsOf([3_600_000, 0])).toEqual([100, 3_600_100, 3_600_600])
  })

  it('ends when a call throws, and refuses a second start and no interval', () => {
    const { runAll } = openClock()
    const timer = createBlockTimer(() => {
      throw new Error('halted')
    })
    expect(() => timer.start(0)).toThrow('but must be at least 1 ms')
    timer.start(100)
    expect(() => timer.start(100)).toThrow('runs already')
    runAll()
    expect(timer.running()).toBe(false)
  })
})
