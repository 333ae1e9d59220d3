import { describe, expect, it } from 'vitest'
import { type Actor, type Moment, startActor } from './actor.ts'
import { createFakeChain, type FakeChain } from './testing/fakeChain.ts'
import { createManualTimers, type ManualTimers } from './testing/manualTimers.ts'
import { createMemoryLog } from './testing/memoryLog.ts'
import { mineBlocks } from './testing/mineBlocks.ts'
import { settled } from './testing/settled.ts'

type Set = {
  readonly chain: FakeChain
  readonly timers: ManualTimers
  readonly heights: bigint[]
  readonly actor: Actor
}

function setUp(act: (moment: Moment) => Promise<void> = async () => {}): Set {
  const chain = createFakeChain()
  const timers = createManualTimers()
  const heights: bigint[] = []
  const handle = async (moment: Moment): Promise<void> => {
    heights.push(moment.height)
    await act(moment)
  }
  const actor = startActor({ client: chain.client, address: 'w1', log: createMemoryLog(), timers, handle })
  return { chain, timers, heights, actor }
}

async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  let resolved = false
  void promise.then(() => {
    resolved = true
  })
  await settled()
  return resolved
}

describe('an actor in lock-step', () => {
  it('is idle when it has done its part of a block, not before', async () => {
    const doors: (() => void)[] = []
    const { chain, actor, heights } = setUp(() => new Promise((resolve) => doors.push(resolve)))
    const first = actor.idleAt(0n)
    expect(await isResolved(first)).toBe(false)
    doors.shift()?.()
    await first
    chain.mine()
    const second = actor.idleAt(1n)
    expect(await isResolved(second)).toBe(false)
    chain.mine()
    doors.shift()?.()
    await second
    expect(await isResolved(actor.idleAt(2n))).toBe(false)
    doors.shift()?.()
    await actor.idleAt(2n)
    expect(heights).toEqual([0n, 1n, 2n])
    await actor.stop()
  })

  it('lets go when the node goes away while it acts', async () => {
    const { chain, actor, timers } = setUp(async ({ height }) => {
      if (height > 0n) await chain.client.topicUnverified(1n)
    })
    await actor.idleAt(0n)
    chain.mine()
    chain.trouble.away = true
    await actor.idleAt(1n)
    expect(await isResolved(actor.idleAt(1n))).toBe(false)
    timers.pass(1_000)
    await actor.idleAt(1n)
    await actor.stop()
  })

  it('lets go when the node falls silent', async () => {
    const { chain, actor, timers } = setUp()
    await actor.idleAt(0n)
    const idle = actor.idleAt(1n)
    chain.trouble.away = true
    expect(await isResolved(idle)).toBe(false)
    timers.pass(5_000)
    await idle
    await actor.stop()
  })

  it('FL-31 looks for itself when a block is there of which it was not told', async () => {
    const { chain, actor, timers, heights } = setUp()
    await actor.idleAt(0n)
    chain.trouble.mute = true
    chain.mine()
    const idle = actor.idleAt(1n)
    expect(await isResolved(idle)).toBe(false)
    timers.pass(5_000)
    await idle
    expect(heights).toEqual([0n, 1n])
    await actor.stop()
  })

  it('lets go for ever when it stops, even from what never ends', async () => {
    const { actor, timers } = setUp(() => new Promise(() => {}))
    const idle = actor.idleAt(0n)
    await settled()
    const stopped = actor.stop()
    await idle
    await actor.idleAt(99n)
    timers.pass(3_000)
    await stopped
    expect(timers.sleeping()).toBe(0)
  })

  it('ends its subscription when it stops', async () => {
    const { chain, actor, heights } = setUp()
    await mineBlocks(chain, 2, [actor])
    await actor.stop()
    await settled()
    chain.mine()
    await settled()
    expect(heights).toEqual([0n, 1n, 2n])
  })

  it('hands over again what could not be handled', async () => {
    const seen: string[][] = []
    let isBad = true
    const { chain, actor, timers } = setUp(async ({ events, height }) => {
      seen.push(events.map(({ type }) => type))
      if (height === 4n && isBad) {
        isBad = false
        throw new Error('not now')
      }
    })
    await mineBlocks(chain, 4, [actor])
    const opened = ['emissions.v10.EventWorkerSubmissionWindowOpened']
    expect(seen.filter(({ length }) => length > 0)).toEqual([opened])
    await settled()
    timers.pass(1_000)
    await actor.idleAt(4n)
    expect(seen.filter(({ length }) => length > 0)).toEqual([opened, opened])
    await actor.stop()
  })
})
