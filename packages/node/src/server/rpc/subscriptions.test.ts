import { expect, test } from 'vitest'
import { createLocalEngine } from '../../engine/local/localEngine.ts'
import { openBlockStore } from '../../engine/local/openBlockStore.ts'
import { createKvApplication, emptyDisk } from '../../engine/local/testing/kvApplication.ts'
import { defaultLimits } from '../limits.ts'
import { createSubscriptions } from './subscriptions.ts'

/** A client whose socket is full until it reads. */
function slowClient() {
  const frames: string[] = []
  let taken: (() => void)[] = []
  return {
    frames,
    outlet: {
      pending: () => defaultLimits.socketBytes,
      send(frame: string, done: () => void) {
        frames.push(frame)
        taken.push(done)
      },
    },
    read() {
      const all = taken
      taken = []
      for (const done of all) done()
    },
  }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve()
}

test('API-12 FL-31 a client that does not read gets what was buffered, then a cancellation with the reason', async () => {
  const engine = createLocalEngine({
    application: createKvApplication(emptyDisk()),
    blockStore: openBlockStore({ chainId: 'c' }),
    chainId: 'c',
    genesis: { appState: {} },
    clock: () => 1000n,
  })
  const { frames, outlet, read } = slowClient()
  const subscriptions = createSubscriptions(outlet, engine.events, { ...defaultLimits, eventBuffer: 3 })
  subscriptions.methods.subscribe?.run({ form: 'json', values: { query: "tm.event='NewBlock'" } }, 'mine')
  for (let i = 0; i < 8; i += 1) {
    engine.mine()
    await settle()
  }
  expect(frames).toHaveLength(1)
  for (let i = 0; i < 6; i += 1) {
    read()
    await settle()
  }
  const heights = frames.slice(0, -1).map((text) => JSON.parse(text).result.data.value.block.header.height)
  expect(heights).toEqual(['1', '2', '3', '4'])
  expect(JSON.parse(frames.at(-1) ?? '')).toEqual({
    jsonrpc: '2.0',
    id: 'mine',
    error: {
      code: -32000,
      message: 'Server error',
      data: expect.stringMatching(
        /^subscription was cancelled \(reason: The client is not pulling messages fast enough: 3 events wait already at height 5\. Subscribe again and fetch what is missing from height 5/,
      ),
    },
  })
  expect([subscriptions.count(), engine.events.subscriberCount()]).toEqual([0, 0])
  engine.close()
})
