import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@starling/protocol/bytes/hex'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storeNames } from '../app/storeNames.ts'
import { ALLO, openTestTopic, type TestTopic } from '../app/testing/openTestTopic.ts'
import { CHAIN_ID, type TestActor } from '../app/testing/testChain.ts'
import { messages } from '../app/testing/testMessages.ts'
import { testActors } from '../app/testing/testNetwork.ts'
import { listOpenEpochs } from '../modules/epochs/view.ts'
import { getEpochCounts } from '../modules/rewards/view.ts'
import type { MultiStore } from '../store/multiStore.ts'
import { openLmdbStore } from '../store/openLmdbStore.ts'
import { replayTopic } from './testing/replayTopic.ts'

const BLOCKS = 60
const others = testActors('random', 3)

/** One thing that somebody does: who, what, and two numbers that say how. */
type Deed = { readonly who: number; readonly what: keyof typeof deeds; readonly a: number; readonly b: number }

type Stage = {
  readonly topic: TestTopic
  readonly actors: readonly TestActor[]
  /** Open epochs, the newest first, and the one whose truth is wanted, if any. */
  readonly nonces: readonly bigint[]
  readonly told: bigint
}

const of = <T>(list: readonly T[], at: number): T => {
  const one = list[at % list.length]
  if (one === undefined) throw new Error('an empty list')
  return one
}
const amounts = [1n, 7n, 10_000n, ALLO, 3n * ALLO + 1n, 500n * ALLO, 10n ** 23n, 10n ** 25n]
const values = ['20', '20.1', '19.9', '25', '-1000', '1000', '1e-300', '0']

/** Every kind of message, most of them sensible most of the time. */
const deeds = {
  infer: ({ nonces }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.infer(actor, 1n, of(nonces, a < 12 ? 0 : a), of(values, b)),
  forecast: ({ nonces, actors }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.forecast(actor, 1n, of(nonces, a), [
      { inferer: of(actors, b).address, value: '-2' },
      { inferer: of(actors, a + b).address, value: `${b - 8}` },
    ]),
  truth: ({ nonces, told }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.truth(actor, 1n, a < 12 ? told : of(nonces, a), of(values, b < 12 ? 0 : b)),
  fund: (_: Stage, actor: TestActor, { a }: Deed) => messages.fund(actor, 1n, of(amounts, a)),
  addStake: (_: Stage, actor: TestActor, { a }: Deed) => messages.addStake(actor, 1n, of(amounts, a)),
  removeStake: (_: Stage, actor: TestActor, { a }: Deed) => messages.removeStake(actor, 1n, of(amounts, a)),
  cancel: (_: Stage, actor: TestActor) => messages.cancelRemoval(actor, 1n),
  delegate: ({ topic }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.delegate(actor, 1n, of(topic.reputers, b), of(amounts, a)),
  undelegate: ({ topic }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.removeDelegation(actor, 1n, of(topic.reputers, b), of(amounts, a)),
  cancelUndelegate: ({ topic }: Stage, actor: TestActor, { b }: Deed) =>
    messages.cancelDelegateRemoval(actor, 1n, of(topic.reputers, b)),
  claim: ({ topic }: Stage, actor: TestActor, { b }: Deed) => messages.claim(actor, 1n, of(topic.reputers, b)),
  register: (_: Stage, actor: TestActor, { a }: Deed) => messages.register(actor, 1n, a % 2 === 0),
  unregister: (_: Stage, actor: TestActor, { a }: Deed) => messages.unregister(actor, 1n, a % 2 === 0),
  transfer: ({ actors }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.transferOwner(actor, of(actors, b).address, a % 2 === 0),
  params: (_: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.updateParams(actor, {
      minTopicWeight: [of(['1', '100', '1e30'], a)],
      maxTopInferersToReward: [BigInt(1 + (b % 4))],
      dataSendingFee: [of(['0', '10', '1000000000000000000'], a + b)],
    }),
  updateTopic: (_: Stage, actor: TestActor, { a }: Deed) =>
    messages.updateTopic(actor, 1n, { meritSortitionAlpha: of(['0', '0.1', '0.999'], a), alphaRegret: '0.5' }),
} satisfies Record<string, (stage: Stage, actor: TestActor, deed: Deed) => MessageToSend>

const often = ['infer', 'infer', 'infer', 'truth', 'truth', 'truth', 'forecast'] as const
const names = Object.keys(deeds) as (keyof typeof deeds)[]
const deed: fc.Arbitrary<Deed> = fc.record({
  who: fc.nat(20),
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constantFrom(...names) },
  ),
  a: fc.nat(15),
  b: fc.nat(15),
})

function openStage(stores?: MultiStore): TestTopic {
  const [admin] = others
  return openTestTopic({
    ...(stores === undefined ? {} : { stores }),
    groundTruthLag: 7n,
    others,
    admins: admin === undefined ? [] : [admin],
    params: { removeStakeDelayWindow: '8', halfMaxProcessStakeRemovalsEndBlock: '2', maxTopReputersToReward: '4' },
  })
}

/** Who does such a thing where it makes sense. */
function castOf({ workers, reputers }: TestTopic, what: Deed['what'], all: readonly TestActor[]): readonly TestActor[] {
  if (what === 'infer' || what === 'forecast') return workers
  return what === 'truth' ? reputers : all
}

/** A block of deeds, the same on every network that is in the same state. */
function play(topic: TestTopic, block: readonly Deed[]): string {
  const actors = [...topic.workers, ...topic.reputers, ...others, topic.creator]
  const open = listOpenEpochs(topic.chain.stores, 1n)
  const next = topic.height() + 1n
  const told = open.find(({ truthOpen, truthClose }) => truthOpen <= next && next <= truthClose)?.nonce ?? topic.first
  const nonces = open.length === 0 ? [topic.first] : open.map(({ nonce }) => nonce).toReversed()
  const stage = { topic, actors, nonces, told }
  return toHex(
    topic.block(
      ...block.map((one) => {
        const actor = of(one.who < 15 ? castOf(topic, one.what, actors) : actors, one.who)
        return [actor, deeds[one.what](stage, actor, one)] as const
      }),
    ).appHash,
  )
}

describe('SPEC lifecycle 10 whatever anybody does', () => {
  it('every invariant holds after every block, a second node comes to the same state, and every record replays', () => {
    const totals = { settled: 0n, contested: 0n, void: 0n }
    let replayed = 0
    fc.assert(
      fc.property(
        fc.array(fc.array(deed, { maxLength: 8 }), { minLength: BLOCKS, maxLength: BLOCKS, size: 'max' }),
        (blocks) => {
          const nodes = [openStage(), openStage()]
          for (const block of blocks) {
            const [one, two] = nodes.map((node) => play(node, block))
            expect(one).toBe(two)
          }
          const { stores } = (nodes[0] ?? openStage()).chain
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
  })

  it('a node on disk comes to the same state as one in memory', () => {
    const folder = mkdtempSync(join(tmpdir(), 'starling-random-'))
    const path = join(folder, 'state')
    const stores = openLmdbStore({ path, names: storeNames, chainId: CHAIN_ID, formatVersion: 1 })
    try {
      const nodes = [openStage(), openStage(stores)] as const
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
          const nodes = [openStage(), openStage()] as const
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
