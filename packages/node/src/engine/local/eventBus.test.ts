import { expect, test } from 'vitest'
import { createLocalEngine } from './localEngine.ts'
import { openBlockStore } from './openBlockStore.ts'
import { createKvApplication, emptyDisk } from './testing/kvApplication.ts'

test('subscribers get matching events; a slow one gets its buffer and then the reason', () => {
  const blockStore = openBlockStore({ chainId: 'c' })
  const application = createKvApplication(emptyDisk())
  const engine = createLocalEngine({
    application,
    blockStore,
    chainId: 'c',
    genesis: { appState: {} },
    clock: () => 1n,
  })
  const fast = engine.events.subscribe("tm.event='Tx'")
  const slow = engine.events.subscribe("tm.event='Tx'", { bufferSize: 2 })
  for (const sequence of [1, 2, 3]) engine.submitTx(new Uint8Array(Buffer.from(`A/${sequence}/x=1`)))
  engine.mine()
  const kinds = (subscription: typeof fast) => [1, 2, 3].map(() => subscription.poll()?.kind)
  expect(kinds(fast)).toEqual(['event', 'event', 'event'])
  expect(kinds(slow)).toEqual(['event', 'event', 'cancelled'])
  expect(fast.poll()).toBeUndefined()
})
