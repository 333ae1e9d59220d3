import { describe, expect, it } from 'vitest'
import { createFakeChain } from './testing/fakeChain.ts'
import { createTopicHistory } from './topicHistory.ts'

function truth(nonce: bigint, value: number, label = '') {
  return { $typeName: 'starling.v1.Truth' as const, nonce, value, label }
}

function losses(nonce: bigint, values: Record<string, number>) {
  const inferers = Object.entries(values).map(([address, value]) => ({
    $typeName: 'starling.v1.Attributed' as const,
    address,
    value,
  }))
  return { $typeName: 'starling.v1.EpochLosses' as const, nonce, combined: 0, naive: 0, inferers, forecasters: [] }
}

describe('the history of a topic', () => {
  it('has the newest 256 truths, and asks once a block for those that are new', async () => {
    const { client, state, asked } = createFakeChain()
    for (let nonce = 1n; nonce <= 300n; nonce += 1n) state.truths.push(truth(nonce, Number(nonce) / 2))
    const history = createTopicHistory(client, 1n)
    const [first, same] = await Promise.all([history.truths(300n), history.truths(300n)])
    expect(first).toBe(same)
    expect(first).toHaveLength(256)
    expect(first[0]).toEqual({ nonce: 45, value: 22.5 })
    expect(await history.truths(301n)).toBe(first)
    state.truths.push(truth(301n, 0, 'up'))
    expect(await history.truths(301n)).toBe(first)
    const later = await history.truths(302n)
    expect(later).toHaveLength(256)
    expect(later.at(-1)).toEqual({ nonce: 301, value: 'up' })
    expect(asked.get('truths')).toBe(3)
  })

  it('has the losses of each worker by address, with gaps', async () => {
    const { client, state } = createFakeChain()
    state.losses.push(losses(1n, { b: 1, a: 2 }), losses(2n, { b: 3 }))
    const history = createTopicHistory(client, 1n)
    expect(await history.workers(2n)).toEqual([
      { address: 'a', losses: [2, null] },
      { address: 'b', losses: [1, 3] },
    ])
    state.losses.push(losses(3n, { c: 4 }))
    expect(await history.workers(3n)).toEqual([
      { address: 'a', losses: [2, null, null] },
      { address: 'b', losses: [1, 3, null] },
      { address: 'c', losses: [null, null, 4] },
    ])
  })

  it('forgets a worker that has been away for 64 epochs', async () => {
    const { client, state } = createFakeChain()
    state.losses.push(losses(1n, { gone: 1 }))
    for (let nonce = 2n; nonce <= 65n; nonce += 1n) state.losses.push(losses(nonce, { here: 1 }))
    const workers = await createTopicHistory(client, 1n).workers(65n)
    expect(workers.map(({ address }) => address)).toEqual(['here'])
    expect(workers[0]?.losses).toHaveLength(65)
  })

  it('names the registered workers before anything has settled', async () => {
    const { client, state } = createFakeChain()
    state.registered.set('w1', 'worker').set('r1', 'reputer').set('w2', 'worker')
    expect(await createTopicHistory(client, 1n).workers(1n)).toEqual([
      { address: 'w1', losses: [] },
      { address: 'w2', losses: [] },
    ])
  })

  it('asks again when a question failed', async () => {
    const { client, state, trouble } = createFakeChain()
    state.truths.push(truth(1n, 5))
    const history = createTopicHistory(client, 1n)
    trouble.away = true
    await expect(history.truths(1n)).rejects.toThrow('nobody answers')
    trouble.away = false
    expect(await history.truths(1n)).toEqual([{ nonce: 1, value: 5 }])
  })
})
