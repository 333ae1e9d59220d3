import { afterEach, expect, test, vi } from 'vitest'
import { createBlockSigner } from './blockSigner.ts'
import { createLocalEngine } from './localEngine.ts'
import { openBlockStore } from './openBlockStore.ts'
import { createKvApplication, emptyDisk } from './testing/kvApplication.ts'

afterEach(() => vi.useRealTimers())

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

const signer = createBlockSigner(new Uint8Array(32).fill(1))

function setUp(disk = emptyDisk(), blockStore = openBlockStore({ chainId: 'c' })) {
  const application = createKvApplication(disk)
  const genesis = { appState: {} }
  const engine = createLocalEngine({ application, blockStore, chainId: 'c', genesis, clock: () => 1000n, signer })
  return { disk, blockStore, application, engine }
}

test('SPEC GR-2 header time is max(previous + 1 ms, clock)', () => {
  const { engine } = setUp()
  expect([engine.mine(), engine.mine(), engine.mine()].map(({ header }) => header.timeMs)).toEqual([
    1000n,
    1001n,
    1002n,
  ])
})

test('waitForTx resolves with the block and rejects after its last height', async () => {
  const { engine } = setUp()
  const found = engine.waitForTx(engine.submitTx(bytes('A/1/x=1')).hash, 5n)
  const late = expect(engine.waitForTx('AA', 1n)).rejects.toThrow(/in no block up to height 1/)
  engine.mine()
  expect((await found).height).toBe(1n)
  await late
})

test('a halted engine refuses work and says why; a restart replays the saved block', async () => {
  const { disk, blockStore, application, engine } = setUp()
  application.fail = (call) => call === 'commit'
  expect(() => engine.mine()).toThrow(/halted/)
  expect(() => engine.submitTx(bytes('A/1/x=1'))).toThrow(/the disk is gone in commit/)
  await expect(engine.waitForTx('AA', 9n)).rejects.toThrow(/halted/)
  expect([disk.height, blockStore.height()]).toEqual([0n, 1n])
  const restarted = setUp(disk, blockStore).engine
  expect(disk.height).toBe(1n)
  expect(restarted.mine().header.height).toBe(2n)
})

test('mineUntil makes blocks up to the one asked for, and says so when none is', () => {
  const { engine } = setUp()
  expect(engine.mineUntil(({ header }) => header.height === 3n, 10).header.height).toBe(3n)
  expect(() => engine.mineUntil(() => false, 2)).toThrow(/None of 2 new blocks/)
  expect(engine.status().height).toBe(5n)
})

test('timer mode makes a block per interval, until it is stopped', () => {
  vi.useFakeTimers()
  const { engine } = setUp()
  expect(() => engine.start({ blockTimeMs: 0 })).toThrow(/at least 1 ms/)
  engine.start({ blockTimeMs: 100 })
  vi.advanceTimersByTime(350)
  expect(engine.status()).toMatchObject({ height: 3n, running: true })
  engine.stop()
  vi.advanceTimersByTime(1000)
  expect(engine.status()).toMatchObject({ height: 3n, running: false })
})

test('timer mode ends with the failure that halts the engine', () => {
  vi.useFakeTimers()
  const { application, engine } = setUp()
  engine.start({ blockTimeMs: 100 })
  application.fail = (call) => call === 'finalizeBlock'
  vi.advanceTimersByTime(100)
  expect(engine.status()).toMatchObject({ height: 0n, running: false })
  expect(engine.status().halted?.message).toMatch(/block 1 failed: the disk is gone in finalizeBlock/)
  expect(vi.getTimerCount()).toBe(0)
})

test('close tells those who wait', async () => {
  const { engine } = setUp()
  const subscription = engine.events.subscribe("tm.event='NewBlock'")
  const waiting = expect(engine.waitForTx('AA', 9n)).rejects.toThrow(/shutting down/)
  engine.close()
  await waiting
  expect(await subscription.next()).toEqual({ kind: 'cancelled', reason: 'The node is shutting down.' })
  expect(engine.events.subscriberCount()).toBe(0)
})
