import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { EpochRecordSchema, InferenceSchema } from '../../../gen/starling/v1/epochs_pb.ts'
import { toRecord } from '../../../modules/rewards/toRecord.ts'
import { defaultScoringParams } from '../../../scoring/defaultScoringParams.ts'
import { emptyScoringState } from '../../../scoring/emptyScoringState.ts'
import type { SettleInput } from '../../../scoring/settle/settleTypes.ts'
import { settleEpoch } from '../../../scoring/settleEpoch.ts'
import { numberPolicy } from '../../../scoring/testing/numberPolicy.ts'
import type { Inference, TopicPolicy } from '../../../scoring/types.ts'
import { explainEpoch } from '../explainEpoch.ts'
import type { Explanation } from '../types.ts'

const numbers: TopicPolicy = { ...numberPolicy, pay: 'contribution', minReputers: 1 }
const quantiles: TopicPolicy = { ...numbers, loss: 'pinball', levels: [0.1, 0.5, 0.9] }
const labels: TopicPolicy = { ...numbers, loss: 'cross-entropy', domain: [0, 1], labels: ['down', 'up'] }

/** Numbers in [0, 1) from a fixed seed. */
function createRandom(): () => number {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

type Played = { readonly truth: number | string; readonly inferences: readonly Inference[] }

/** What each worker is told of the last of some epochs that follow each other. */
function play(policy: TopicPolicy, epochs: number, epochOf: (t: number) => Played): ReadonlyMap<string, Explanation> {
  let state = emptyScoringState()
  let lastAnswer: readonly number[] | null = null
  let explained = new Map<string, Explanation>()
  for (let t = 1; t <= epochs; t += 1) {
    const { truth, inferences } = epochOf(t)
    const reputers = [{ address: 'r1', stake: 100n, value: truth }]
    const topic = { id: 1, policy, params: defaultScoringParams }
    const places = { topic, nonce: t, prior: state, priorUpdate: state, lastAnswer, reward: 10n ** 18n }
    const input: SettleInput = { ...places, inferences, forecasts: [], reputers }
    const outcome = settleEpoch(input)
    expect(outcome.status).toBe('settled')
    const record = create(EpochRecordSchema, {
      ...toRecord(policy, outcome),
      inferences: inferences.map(({ worker, values }) => create(InferenceSchema, { worker, values: [...values] })),
    })
    if (t === epochs) {
      const told = inferences.map(({ worker }) => [worker, explainEpoch(record, { input, outcome }, worker)] as const)
      explained = new Map(told)
    }
    state = outcome.state
    lastAnswer = outcome.network?.combined ?? null
  }
  return explained
}

const reasonOf = (told: ReadonlyMap<string, Explanation>, worker: string) => told.get(worker)?.reason
const lineOf = (told: ReadonlyMap<string, Explanation>, worker: string, label: string) =>
  told.get(worker)?.lines.find((line) => line.label === label)

describe('SPEC QA-2, VT-6 who takes part and earns nothing', () => {
  it('is told that 64 others are more skilled, and only then', () => {
    const random = createRandom()
    const names = Array.from({ length: 66 }, (_, i) => `w${String(i).padStart(2, '0')}`)
    const told = play(numbers, 22, () => {
      const truth = random() * 10
      const inferences = names.map((worker, i) => ({ worker, values: [truth + (random() - 0.5) * (1 + i / 20)] }))
      return { truth, inferences }
    })
    const skillOf = (worker: string): number => Number(lineOf(told, worker, 'skill')?.value)
    const ranked = names.toSorted((a, b) => skillOf(b) - skillOf(a))
    expect(skillOf(ranked.at(-1) ?? '')).toBeGreaterThan(0)
    for (const worker of ranked.slice(64)) {
      expect(reasonOf(told, worker)).toBe('Its skill is not among the 64 highest: only those are combined.')
      expect(lineOf(told, worker, 'weight')).toMatchObject({
        formula: '0, as 64 others are more skilled',
        inputs: { 'with skill': 66 },
        value: 0,
      })
    }
    expect(ranked.slice(0, 64).map((worker) => reasonOf(told, worker))).not.toContainEqual(
      expect.stringContaining('not among the 64'),
    )
    expect(reasonOf(told, ranked[0] ?? '')).toBeUndefined()
  })

  it('is told that others say the same with smaller errors', () => {
    const random = createRandom()
    const told = play(numbers, 22, () => {
      const truth = random() * 10
      const error = random() - 0.5
      const errors: readonly (readonly [string, number])[] = [
        ['w1', error],
        ['w2', 2 * error],
      ]
      return { truth, inferences: errors.map(([worker, own]) => ({ worker, values: [truth + own] })) }
    })
    expect(lineOf(told, 'w2', 'weight')).toMatchObject({ inputs: { 'with skill': 2 }, value: 0 })
    expect(Number(lineOf(told, 'w2', 'skill')?.value)).toBeGreaterThan(0)
    expect(reasonOf(told, 'w2')).toMatch(/^Its weight is 0: what it says, the others with skill say together/)
    expect(lineOf(told, 'w1', 'weight')?.value).toBe(1)
  })

  it('is told that a guess without errors cannot be beaten', () => {
    const told = play(numbers, 22, () => ({ truth: 5, inferences: [{ worker: 'w1', values: [5] }] }))
    expect(reasonOf(told, 'w1')).toBe('Nobody has skill: over the last 21 epochs the baseline made no errors.')
    expect(lineOf(told, 'w1', 'skill')).toMatchObject({ formula: '0, as the baseline made no errors', value: 0 })
    expect(lineOf(told, 'w1', 'difference')).toBeUndefined()
  })

  it('is told how often it was absent', () => {
    const random = createRandom()
    const told = play(numbers, 32, (t) => {
      const truth = random() * 10
      const other = { worker: 'w2', values: [truth + random()] }
      const own = t % 4 === 3 ? [] : [{ worker: 'w1', values: [truth + 12 * (random() - 0.5)] }]
      return { truth, inferences: [...own, other] }
    })
    expect(reasonOf(told, 'w1')).toMatch(/^Its skill is 0: .+ 8 absences and 0 missed reveals count among them\.$/)
  })
})

describe('SPEC VT-6 the guesses of a topic', () => {
  it('of labels and quantiles show with all their numbers, and their loss by its formula', () => {
    const random = createRandom()
    const toldLabels = play(labels, 22, (t) => ({
      truth: t % 3 === 0 ? 'up' : 'down',
      inferences: [{ worker: 'w1', values: t % 3 === 0 ? [0.2, 0.8] : [0.8, 0.2] }],
    }))
    const guess = lineOf(toldLabels, 'w1', 'loss of the baseline')
    expect(guess?.inputs).toMatchObject({ truth: 'down' })
    expect(guess?.value).toBeCloseTo(-Math.log(Number(guess?.inputs.down)), 12)
    expect(lineOf(toldLabels, 'w1', 'baseline')?.value).toMatch(/^(running frequencies|last answer of the network)$/)
    expect(Number(toldLabels.get('w1')?.paid)).toBeCloseTo(6e17, -3)
    const toldQuantiles = play(quantiles, 22, () => {
      const truth = random() * 10
      return { truth, inferences: [{ worker: 'w1', values: [truth - 0.2, truth, truth + 0.2] }] }
    })
    const { inputs = {}, value } = lineOf(toldQuantiles, 'w1', 'loss of the baseline') ?? {}
    const losses = quantiles.levels.map((level) => {
      const error = Number(inputs.truth) - Number(inputs[`level ${level}`])
      return error >= 0 ? level * error : (level - 1) * error
    })
    expect(value).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / 3, 12)
    expect(Number(toldQuantiles.get('w1')?.paid)).toBeCloseTo(6e17, -3)
  })
})
