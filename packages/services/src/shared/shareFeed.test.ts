import { expect, it, vi } from 'vitest'
import { shareFeed } from './shareFeed.ts'

it('asks a feed once for each topic and nonce, and again after a failure', async () => {
  const source = vi.fn(async (topic: string, nonce: bigint): Promise<unknown> => {
    if (nonce === 3n) throw new Error('no data')
    return { topic, nonce }
  })
  const feed = shareFeed(source)
  const [one, two] = await Promise.all([feed('a', 1n), feed('a', 1n)])
  expect(one).toBe(two)
  expect(await feed('b', 1n)).not.toBe(one)
  expect(await feed('a', 2n)).not.toBe(one)
  expect(source).toHaveBeenCalledTimes(3)
  await expect(feed('a', 3n)).rejects.toThrow('no data')
  await expect(feed('a', 3n)).rejects.toThrow('no data')
  expect(source).toHaveBeenCalledTimes(5)
})

it('remembers the newest few', async () => {
  const source = vi.fn(async () => ({}))
  const feed = shareFeed(source)
  for (let nonce = 1n; nonce <= 20n; nonce += 1n) await feed('a', nonce)
  await feed('a', 20n)
  expect(source).toHaveBeenCalledTimes(20)
  await feed('a', 1n)
  expect(source).toHaveBeenCalledTimes(21)
})
