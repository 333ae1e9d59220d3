import type { LocalEngine } from '@starling/node/engine/local/localEngine'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { stoppedBy } from '../daemon/stopped.ts'
import { driveLockStep, drivePaced } from './drive.ts'
import type { Watch } from './watchTopics.ts'

type Block = ReturnType<LocalEngine['mine']>

/** An engine whose every third block closes an epoch, and a watch that counts them. */
function openChain(more: Partial<Watch> = {}) {
  let height = 0n
  let settled = 0
  const engine = {
    status: () => ({ height }) as ReturnType<LocalEngine['status']>,
    mine: vi.fn((): Block => {
      height += 1n
      const events = height % 3n === 0n ? [{ type: 'starling.v1.EventEpochClosed', attributes: [] }] : []
      return { results: { events } } as unknown as Block
    }),
  }
  const watch: Watch = {
    topics: [],
    update: async () => {
      settled += 1
    },
    settled: () => settled,
    dataEnded: async () => false,
    ...more,
  }
  return { engine, watch, height: () => height }
}

/** Timers that end at once. */
const instant = { sleep: async () => undefined }
const never = new Promise<void>(() => undefined)

afterEach(() => {
  vi.useRealTimers()
})

describe('driveLockStep', () => {
  it('mines each block when every actor has handled the one before, until so many epochs are settled', async () => {
    const { engine, watch, height } = openChain()
    const seen: bigint[] = []
    const actor = {
      idleAt: async (at: bigint) => {
        seen.push(at)
        expect(at).toBe(height())
      },
    }
    const { signal: stop } = new AbortController()
    const why = await driveLockStep(engine, [actor], { watch, until: 2, stop, show: () => undefined })
    expect(why).toBe('all epochs that --epochs asked for are settled')
    expect(height()).toBe(6n)
    expect(seen).toEqual([0n, 1n, 2n, 3n, 4n, 5n])
  })

  it('ends at once when it is stopped, though an actor is not idle', async () => {
    const { engine, watch, height } = openChain()
    const stopping = new AbortController()
    const driven = driveLockStep(engine, [{ idleAt: () => never }], {
      watch,
      until: 2,
      stop: stopping.signal,
      show: () => undefined,
    })
    stopping.abort(stoppedBy('SIGHUP'))
    expect(await driven).toBe('SIGHUP (its terminal was closed)')
    expect(height()).toBe(0n)
  })

  it('ends when nothing settles any more because the data has ended', async () => {
    const { engine, watch, height } = openChain({ settled: () => 0, dataEnded: async () => true })
    const { signal: stop } = new AbortController()
    expect(await driveLockStep(engine, [], { watch, until: 2, stop, show: () => undefined })).toBe('the data has ended')
    expect(height()).toBe(200n)
  })
})

describe('drivePaced', () => {
  it('does not wait for ever for an actor that is not idle', async () => {
    const stopping = new AbortController()
    const { engine, watch, height } = openChain({
      update: async () => stopping.abort(stoppedBy('SIGTERM')),
    })
    const why = await drivePaced(engine, [{ idleAt: () => never }], {
      watch,
      until: undefined,
      stop: stopping.signal,
      show: () => undefined,
      blockTimeMs: 1,
      timers: instant,
    })
    expect(why).toBe('SIGTERM (another process asked it to end)')
    expect(height()).toBe(3n)
  })

  it('gives others as much time as it was late, but not for ever', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const stopping = new AbortController()
    const { engine, watch } = openChain({ update: async () => stopping.abort() })
    const slept: number[] = []
    const timers = {
      sleep: async (ms: number) => {
        slept.push(ms)
        vi.advanceTimersByTime(ms)
      },
    }
    // What the actors compute keeps the process busy, so that its timers come late: not at all, by 700 ms, for an hour.
    const took = [0, 700, 3_600_000]
    const actor = { idleAt: async () => void vi.advanceTimersByTime(took.shift() ?? 0) }
    await drivePaced(engine, [actor], {
      watch,
      until: undefined,
      stop: stopping.signal,
      show: () => undefined,
      blockTimeMs: 100,
      timers: { sleep: (ms) => (ms === 500 ? never : timers.sleep(ms)) },
    })
    expect(slept).toEqual([100, 100, 700, 0, 5000])
  })
})
