import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@starling/protocol/bytes/hex'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storeNames } from '../app/storeNames.ts'
import { type Deed, deedNames, oftenDone, openStage, perform } from '../app/testing/deeds.ts'
import { openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { CHAIN_ID } from '../app/testing/testChain.ts'
import { testActors } from '../app/testing/testNetwork.ts'
import { getEpochCounts } from '../modules/rewards/view.ts'
import type { MultiStore } from '../store/multiStore.ts'
import { openLmdbStore } from '../store/openLmdbStore.ts'
import { replayTopic } from './testing/replayTopic.ts'

const BLOCKS = 60
const others = testActors('random', 3)

const deed: fc.Arbitrary<Deed> = fc.record({
  who: fc.nat(20),
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...oftenDone) },
    { weight: 1, arbitrary: fc.constantFrom(...deedNames) },
  ),
  a: fc.nat(15),
  b: fc.nat(15),
})

function openNode(stores?: MultiStore): TestTopic {
  const [admin] = others
  return openTestTopic({
    ...(stores === undefined ? {} : { stores }),
    groundTruthLag: 7n,
    others,
    admins: admin === undefined ? [] : [admin],
    params: { removeStakeDelayWindow: '8', halfMaxProcessStakeRemovalsEndBlock: '2', maxTopReputersToReward: '4' },
  })
}

/** A block of deeds, the same on every network that is in the same state. */
function play(topic: TestTopic, block: readonly Deed[]): string {
  const stage = openStage(topic, others)
  return toHex(topic.block(...block.map((one) => perform(stage, one))).appHash)
}

describe('SPEC lifecycle 10 whatever anybody does', () => {
  it('ADV-09 every invariant holds after every block, a second node comes to the same state, and every record replays', () => {
    const totals = { settled: 0n, contested: 0n, void: 0n }
    let replayed = 0
    fc.assert(
      fc.property(
        fc.array(fc.array(deed, { maxLength: 8 }), { minLength: BLOCKS, maxLength: BLOCKS, size: 'max' }),
        (blocks) => {
          const nodes = [openNode(), openNode()]
          for (const block of blocks) {
            const [one, two] = nodes.map((node) => play(node, block))
            expect(one).toBe(two)
          }
          const { stores } = (nodes[0] ?? openNode()).chain
          const verified = replayTopic(stores, 1n)
          expect(verified.flatMap(({ mismatches }) => mismatches)).toEqual([])
          replayed += verified.filter((epoch) => epoch.replayed !== undefined).length
          const counts = getEpochCounts(stores, 1n)
          totals.settled += counts.settled
          totals.contested += counts.contested
          totals.void += counts.void
        },
      ),
      { numRuns: 12, endOnFailure: true },
    )
    // The test would prove little if nothing ever settled.
    expect(totals.settled).toBeGreaterThan(0n)
    expect(totals.contested + totals.void).toBeGreaterThan(0n)
    expect(replayed).toBeGreaterThan(0)
  }, 300_000)

  it('a node on disk comes to the same state as one in memory', () => {
    const folder = mkdtempSync(join(tmpdir(), 'starling-random-'))
    const path = join(folder, 'state')
    const stores = openLmdbStore({ path, names: storeNames, chainId: CHAIN_ID, formatVersion: 1 })
    try {
      const nodes = [openNode(), openNode(stores)] as const
      const block = fc.array(deed, { minLength: 2, maxLength: 8, size: 'max' })
      for (const deedsOfBlock of fc.sample(block, { numRuns: BLOCKS, seed: 7 })) {
        expect(play(nodes[0], deedsOfBlock)).toBe(play(nodes[1], deedsOfBlock))
      }
      expect(getEpochCounts(stores, 1n).settled).toBeGreaterThan(0n)
    } finally {
      stores.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('VT-2 blocks that only submit lead to the same state in any order of the senders', () => {
    const submission = fc.record({
      who: fc.nat(5),
      what: fc.constantFrom('infer' as const, 'truth' as const, 'forecast' as const),
      a: fc.nat(3),
      b: fc.nat(15),
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(submission, { maxLength: 6 }), { minLength: 30, maxLength: 30, size: 'max' }),
        fc.infiniteStream(fc.nat(5)),
        (blocks, turns) => {
          const nodes = [openNode(), openNode()] as const
          for (const block of blocks) {
            // A turn of the three workers and the three reputers; what one sender does keeps its order.
            const turn = turns.next().value ?? 0
            const place = ({ what, who }: Deed): number => ((what === 'truth' ? 3 : 0) + (who % 3) + turn) % 6
            const turned = block.toSorted((x, y) => place(x) - place(y))
            expect(play(nodes[0], block)).toBe(play(nodes[1], turned))
          }
        },
      ),
      { numRuns: 8, endOnFailure: true },
    )
  })
})
