import { describe, expect, it } from 'vitest'
import { StarlingError } from '../starlingError.ts'
import { failureOf } from '../testing/failureOf.ts'
import type { LandedTx } from '../types.ts'
import { createTxWaiters } from './createTxWaiters.ts'

const landed = (hash: string): LandedTx => ({
  hash,
  height: 5n,
  code: 0,
  codespace: '',
  log: '',
  gasUsed: 1n,
  events: [],
})

describe('waiting for transactions', () => {
  it('a failed look is no proof that a transaction is not there', async () => {
    let answers = false
    const waiters = createTxWaiters(async () => {
      if (!answers) throw new StarlingError('timeout', 'busy')
      return undefined
    })
    await waiters.listen()
    let settled = false
    const waiting = failureOf(waiters.wait('A', 3n)).finally(() => {
      settled = true
    })
    await waiters.reach(4n)
    expect(settled).toBe(false)
    answers = true
    await waiters.reach(5n)
    expect((await waiting).message).toMatch(/stands in no block up to its last, 3/)
  })

  it('keeps an event that is faster than the reply, and gives it to the one who waits', async () => {
    const waiters = createTxWaiters(() => Promise.reject(new Error('nobody may ask')))
    await waiters.listen()
    waiters.expect('A')
    expect(waiters.wants('A')).toBe(true)
    waiters.land(landed('A'))
    expect(await waiters.wait('A', 9n)).toEqual(landed('A'))
    expect(waiters.wants('A')).toBe(false)
  })

  it('looks up what was not expected, or whose broadcast failed, or while nothing is heard', async () => {
    const asked: string[] = []
    const waiters = createTxWaiters(async (hash) => {
      asked.push(hash)
      return landed(hash)
    })
    waiters.expect('A')
    const early = waiters.wait('A', 9n)
    await waiters.listen()
    await early
    await waiters.wait('B', 9n)
    waiters.expect('C')
    waiters.forget('C')
    await waiters.wait('C', 9n)
    waiters.expect('D')
    waiters.deafen()
    const late = waiters.wait('D', 9n)
    await waiters.reach(6n)
    await late
    expect(asked).toEqual(['A', 'B', 'C', 'D'])
  })

  it('gives up only those whose last block has passed, of several who wait for the same', async () => {
    const waiters = createTxWaiters(async () => undefined)
    await waiters.listen()
    const short = failureOf(waiters.wait('A', 3n))
    const long = waiters.wait('A', 9n)
    await waiters.reach(4n)
    expect((await short).kind).toBe('timeout')
    waiters.land(landed('A'))
    expect(await long).toEqual(landed('A'))
  })

  it('holds a bounded number of events for those who never wait', async () => {
    const waiters = createTxWaiters(async () => undefined)
    await waiters.listen()
    for (let i = 0; i < 1001; i++) waiters.expect(String(i))
    expect([waiters.wants('0'), waiters.wants('1')]).toEqual([false, true])
  })
})
