import { epochsKeys } from '@starling/protocol/modules/epochs/keys'
import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import { readVectors } from '@starling/protocol/scoring/testing/readVectors'
import { vectorStage } from '@starling/protocol/scoring/testing/vectorStage'
import { expect, it } from 'vitest'
import { openMemoryStore } from '../../store/openMemoryStore.ts'
import { putMark } from '../../store/values.ts'
import { setParams } from '../params/view.ts'
import type { StoredTopic } from '../topics/view.ts'
import { admit } from './admit.ts'
import { getMerit, listActive, setInitialMerit, setMerit, setQuantile } from './view.ts'

type Try = {
  readonly nonce: number
  readonly epochLength: number
  readonly epochLastEnded: number
  readonly lag: number
  readonly alpha: number
  readonly initial: number
  readonly quantile: number
  readonly places: number
  readonly records: Readonly<Record<string, { readonly score: number; readonly block: number }>>
  readonly tries: readonly string[]
}

const { title, cases } = vectorStage<Try>('sortition', (i) => {
  const state = openMemoryStore(['params', 'epochs'])
  const role = 'inferer'
  const places = BigInt(i.places)
  setParams(state, { ...mainnetParams, maxTopInferersToReward: places, maxTopReputersToReward: places })
  setInitialMerit(state, role, 1n, i.initial)
  setQuantile(state, role, 1n, i.quantile)
  for (const [who, { score, block }] of Object.entries(i.records)) {
    setMerit(state, role, { topicId: 1n, nonce: BigInt(block) }, who, score)
  }
  const base = {
    epochLastEnded: BigInt(i.epochLastEnded),
    epochLength: BigInt(i.epochLength),
    groundTruthLag: BigInt(i.lag),
    meritSortitionAlpha: String(i.alpha),
  }
  const topic = { id: 1n, base, policy: { pay: 'reference', memory: 100 } } as unknown as StoredTopic
  const nonce = BigInt(i.nonce)
  const outcomes = i.tries.map((address) => {
    try {
      if (!admit(state, { role, topic, nonce, address })) return 'left outside'
    } catch {
      return 'refused'
    }
    putMark(state.store('epochs'), epochsKeys.submission(role, 1n, nonce, address))
    return 'admitted'
  })
  const known = [...new Set([...Object.keys(i.records), ...i.tries])]
  const scores = known.map((who) => [who, Number(getMerit(state, role, 1n, who)?.score ?? i.initial)])
  return { outcomes, active: listActive(state, role, 1n, nonce), scores: Object.fromEntries(scores) }
})

// Reputers' places go by stake here (ADR-009), so the cases with a ground-truth lag, which are theirs, do not apply.
const ofReputers = new Set(
  readVectors<Try>('sortition').cases.flatMap(({ name, input }) => (input.lag > 0 ? [name] : [])),
)

it.each(cases.filter(({ name }) => !ofReputers.has(name)))(`${title}, $name`, ({ differences }) =>
  expect(differences()).toEqual([]),
)
