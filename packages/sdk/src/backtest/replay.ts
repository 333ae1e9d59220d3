import type { Edge } from '@starling/protocol/scoring/edge/edgeTypes'
import type { CoverageLedger } from '@starling/protocol/scoring/intervals/intervalTypes'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import { type Cast, castOf, createQuestion } from './createQuestions.ts'
import { createIntervals } from './intervals/createIntervals.ts'
import type { Panel } from './panel.ts'
import { createPay } from './pay/createPay.ts'
import { type CaseFlags, type PlannedEpoch, planEpochs } from './planEpochs.ts'
import type { Synthesis } from './synthesis/collective.ts'
import { createPlayer, type Player } from './synthesis/createPlayer.ts'

/** How far a replay is, in epochs. */
export type Progress = { readonly done: number; readonly total: number }

/** How a panel is to be replayed. */
export type ReplayOptions = {
  /** The collectives to run side by side; the first gives intervals and weights. */
  readonly syntheses: readonly Synthesis[]
  /** First epochs that are answered and learnt from, but not scored. */
  readonly warmup: number
  /** Whether to keep the weights of the first collective case by case: as many numbers as the table has. */
  readonly keepWeights: boolean
}

/** What one collective answered: a value per case and output, NaN where nobody answered. */
export type Played = { readonly synthesis: Synthesis; readonly values: Float64Array }

/** Everything a replay leaves behind. */
export type Replayed = {
  readonly played: readonly Played[]
  /** Per case the position of its epoch, −1 where it was not answered. */
  readonly epochOf: Int32Array
  readonly epochs: number
  /** Per model, then per forecaster: its mean weight in the first collective over all answered cases. */
  readonly meanWeights: Float64Array
  /** Per model, then per forecaster: its weight case by case, NaN where it was absent; empty unless asked for. */
  readonly weights: readonly Float64Array[]
  /** Six columns by case: lower and upper end at 50, 80 and 95 %; empty where the answer is no number. */
  readonly ends: readonly Float64Array[]
  readonly ledger: CoverageLedger | null
  /** Per model, then per forecaster: its share of all the pots of its class in the scored epochs; and the edge flag. */
  readonly earned: { readonly shares: readonly number[]; readonly edge: Edge }
}

/**
 * Replays a panel, epoch by epoch: first the truths that have become public are learnt, then the cases of the epoch are
 * answered, and never is anything used that comes later. Yields after each epoch, so that the caller can show progress,
 * let others run, or stop.
 */
export function* replay(
  panel: Panel,
  policy: TopicPolicy,
  flags: CaseFlags,
  options: ReplayOptions,
): Generator<Progress, Replayed> {
  const cases = panel.truth.length
  const width = panel.outputs.length
  const cast = castOf(panel)
  const context = { policy, models: panel.models.length }
  const isOpen = (at: number): boolean => flags.hasTruth[at] === true
  const players = options.syntheses.map((synthesis) => ({
    player: createPlayer(synthesis, context, isOpen),
    played: { synthesis, values: new Float64Array(cases * width).fill(Number.NaN) },
  }))
  const main = createMainRecord(panel, policy, cast, options)
  const plan = planEpochs(panel, flags)
  const epochOf = new Int32Array(cases).fill(-1)
  const teach = (lessons: PlannedEpoch['lessons']): void => {
    for (const group of lessons) {
      const truths = group.map((at) => ({ at, truth: panel.truth[at] ?? 0 }))
      for (const { player } of players) player.learn(truths)
      main.learn(truths, (epochOf[group[0] ?? 0] ?? 0) >= options.warmup)
    }
  }
  for (const [index, epoch] of plan.epochs.entries()) {
    teach(epoch.lessons)
    const questions = epoch.cases.map((at) => createQuestion(panel, cast, at))
    for (const at of epoch.cases) epochOf[at] = index
    for (const [which, { player, played }] of players.entries()) {
      const answers = player.answer(questions)
      for (const [i, question] of questions.entries()) {
        const answer = answers[i]
        if (answer === undefined) continue
        played.values.set(answer.values, question.at * width)
        if (which === 0) main.record(question, answer, isOpen(question.at))
      }
    }
    yield { done: index + 1, total: plan.epochs.length }
  }
  // Truths that come too late to help anybody still settle their epochs.
  teach(plan.afterwards)
  return { played: players.map(({ played }) => played), epochOf, epochs: plan.epochs.length, ...main.finish() }
}

type MainRecord = {
  readonly record: (
    question: ReturnType<typeof createQuestion>,
    answer: ReturnType<Player['answer']>[number],
    isOpen: boolean,
  ) => void
  readonly learn: (truths: readonly { readonly at: number; readonly truth: number }[], isScored: boolean) => void
  readonly finish: () => Pick<Replayed, 'meanWeights' | 'weights' | 'ends' | 'ledger' | 'earned'>
}

/** What is kept of the collective that the report is about. */
function createMainRecord(panel: Panel, policy: TopicPolicy, cast: Cast, { keepWeights }: ReplayOptions): MainRecord {
  const cases = panel.truth.length
  const addresses = [...cast.models, ...cast.forecasters.map(({ address }) => address)]
  const columnOf = new Map(addresses.map((address, i) => [address, i]))
  const empty = (): Float64Array => new Float64Array(cases).fill(Number.NaN)
  const weights = keepWeights ? addresses.map(empty) : []
  const ends: Float64Array[] = []
  const sums = new Float64Array(addresses.length)
  let answered = 0
  const intervals = createIntervals(
    policy,
    panel.series.some((series) => series > 0),
  )
  const pay = createPay(policy)
  return {
    record: (question, answer, isOpen) => {
      answered += 1
      for (const { worker, weight } of answer.weights) {
        const column = columnOf.get(worker) ?? 0
        sums[column] = (sums[column] ?? 0) + weight
        const kept = weights[column]
        if (kept !== undefined) kept[question.at] = weight
      }
      for (const [i, end] of intervals.publish(question, answer, isOpen).flat().entries()) {
        ends[i] ??= empty()
        const column = ends[i]
        if (column !== undefined) column[question.at] = end
      }
      pay.publish(question, answer, panel.series[question.at] ?? 0, isOpen)
    },
    learn: (truths, isScored) => {
      intervals.learn(truths, isScored)
      pay.learn(truths, isScored)
    },
    finish: () => {
      const { pots, shares, edge } = pay.earned()
      return {
        meanWeights: sums.map((sum) => sum / Math.max(answered, 1)),
        weights,
        ends,
        ledger: intervals.ledger(),
        earned: { shares: addresses.map((address) => (shares.get(address) ?? 0) / Math.max(pots, 1)), edge },
      }
    },
  }
}
