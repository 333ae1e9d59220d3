import { quantile } from '@starling/protocol/num/quantile'
import { advanceBaseline } from '@starling/protocol/scoring/contribution/advanceBaseline'
import { advanceContribution } from '@starling/protocol/scoring/contribution/advanceContribution'
import { baselineValues } from '@starling/protocol/scoring/contribution/baselineValues'
import { chooseBaseline } from '@starling/protocol/scoring/contribution/chooseBaseline'
import type { BaselineState, ContributionEpoch } from '@starling/protocol/scoring/contribution/contributionTypes'
import { forecasterShares } from '@starling/protocol/scoring/contribution/forecasterShares'
import { newContribution } from '@starling/protocol/scoring/contribution/newContribution'
import { workerShares } from '@starling/protocol/scoring/contribution/workerShares'
import { advanceEdge } from '@starling/protocol/scoring/edge/advanceEdge'
import { edgeOf } from '@starling/protocol/scoring/edge/edgeOf'
import type { Edge } from '@starling/protocol/scoring/edge/edgeTypes'
import { newEdge } from '@starling/protocol/scoring/edge/newEdge'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'
import type { Answer, Question } from '../synthesis/collective.ts'
import { createScaledLoss, type ScaledLoss } from '../synthesis/scaledLoss.ts'
import { residualOf } from './residualOf.ts'

/** What was earned in the scored epochs: shares of a class's pot, summed over epochs, by address. */
export type Earned = { readonly pots: number; readonly shares: ReadonlyMap<string, number>; readonly edge: Edge }

/** Contribution pay and the edge flag of one run. SPEC VT-6, VT-8 */
export type PayKeeper = {
  /** An answer before its truth, of the series `key`; kept open until `learn` where it will have one. */
  readonly publish: (question: Question, answer: Omit<Answer<unknown>, 'memory'>, key: number, isOpen: boolean) => void
  /** The truths of cases of one epoch; `isScored` counts what they earn. */
  readonly learn: (truths: readonly { readonly at: number; readonly truth: number }[], isScored: boolean) => void
  readonly earned: () => Earned
}

type Open = {
  readonly question: Question
  readonly values: Values
  readonly without: Answer<unknown>['without']
  readonly baselines: readonly Values[]
  readonly key: number
}
type Settled = Open & { readonly truth: number }

/**
 * A keeper of pay. An epoch of several cases settles as one: losses are means over its cases, residuals stand side by
 * side, and each series (`key`) has model-free guesses of its own, those of all series together until its first truth.
 */
export function createPay(policy: TopicPolicy): PayKeeper {
  const kind = outputKindOf(policy)
  const labels = kind === 'probability' ? 2 : policy.labels.length
  const lossOf = createScaledLoss(policy)
  const series = new Map<number, { baseline: BaselineState; lastValue: Values | null }>()
  const open = new Map<number, Open>()
  const shares = new Map<string, number>()
  let state = newContribution()
  /** Of all series together: the guesses about a series that has no truth yet. */
  let pooled = state.baseline
  let edge = newEdge()
  let pots = 0
  const seriesOf = (key: number) => {
    const known = series.get(key) ?? { baseline: newContribution().baseline, lastValue: null }
    series.set(key, known)
    return known
  }
  return {
    publish: (question, { values, without }, key, isOpen) => {
      const own = seriesOf(key)
      const baseline = own.baseline.epochs > 0 ? own.baseline : pooled
      const baselines = baselineValues(baseline, policy, own.lastValue)
      own.lastValue = values
      if (isOpen) open.set(question.at, { question, values, without, baselines, key })
    },
    learn: (truths, isScored) => {
      const settled = truths.flatMap(({ at, truth }): Settled[] => {
        const answered = open.get(at)
        open.delete(at)
        return answered === undefined ? [] : [{ ...answered, truth }]
      })
      if (settled.length === 0) return
      // Before the first truth of all nothing can be guessed without a model.
      const judged = settled.filter(({ baselines }) => baselines.length > 0)
      const epoch = toEpoch(policy, judged, settled[0]?.truth ?? 0, lossOf)
      const chosen = chooseBaseline(state.window)
      if (chosen !== null && judged.length > 0) {
        const network = meanOf(judged.map(({ values, truth, question }) => lossOf(values, truth, question.scale)))
        edge = advanceEdge(edge, (epoch.baselineLosses[chosen.candidate] ?? 0) - network)
      }
      state = advanceContribution(state, epoch, { memory: policy.memory, labels })
      for (const { key, truth } of settled) {
        const own = seriesOf(key)
        own.baseline = advanceBaseline(own.baseline, truth, labels)
        pooled = advanceBaseline(pooled, truth, labels)
      }
      if (!isScored) return
      pots += 1
      const paid = [
        ...workerShares(
          state,
          epoch.workers.map(({ worker }) => worker),
        ),
        ...forecasterShares(
          state,
          epoch.forecasters.map(({ worker }) => worker),
        ),
      ]
      for (const { worker, share } of paid) shares.set(worker, (shares.get(worker) ?? 0) + share)
    },
    earned: () => ({ pots, shares, edge: edgeOf(edge) }),
  }
}

function toEpoch(
  policy: TopicPolicy,
  judged: readonly Settled[],
  truth: number,
  lossOf: ScaledLoss,
): ContributionEpoch {
  const [first] = judged
  const lossIn = (one: Settled, values: Values): number => lossOf(values, one.truth, one.question.scale)
  return {
    truth,
    baselineLosses: (first?.baselines ?? []).map((_, candidate) =>
      meanOf(judged.map((one) => lossIn(one, one.baselines[candidate] ?? []))),
    ),
    workers: judgeWorkers(policy, judged, lossIn),
    missedWorkers: [],
    forecasters: judgeForecasters(judged, lossIn),
    missedForecasters: [],
  }
}

/** Who answered some cases of an epoch and not others is held to the 75 % quantile of the losses there. SPEC VT-2 */
function judgeWorkers(
  policy: TopicPolicy,
  judged: readonly Settled[],
  lossIn: (one: Settled, values: Values) => number,
): ContributionEpoch['workers'] {
  const cases = judged.map((one) => {
    const answers = new Map(one.question.inferences.map(({ worker, values }) => [worker, values]))
    const losses = new Map(Array.from(answers, ([worker, values]) => [worker, lossIn(one, values)] as const))
    return { one, answers, losses, absent: judged.length === 1 ? 0 : quantile([...losses.values()], 0.75) }
  })
  const workers = [...new Set(cases.flatMap(({ answers }) => [...answers.keys()]))].sort()
  return workers.map((worker) => ({
    worker,
    loss: meanOf(cases.map(({ losses, absent }) => losses.get(worker) ?? absent)),
    residual: cases.flatMap(({ one, answers }) =>
      // An absent one stands where the network stood: neither better nor worse for it.
      residualOf(policy, answers.get(worker) ?? one.values, one.truth, one.question.scale),
    ),
  }))
}

function judgeForecasters(
  judged: readonly Settled[],
  lossIn: (one: Settled, values: Values) => number,
): ContributionEpoch['forecasters'] {
  const gains = new Map<string, number[]>()
  for (const one of judged) {
    const network = one.without.length === 0 ? 0 : lossIn(one, one.values)
    for (const { worker, values } of one.without) {
      const list = gains.get(worker) ?? []
      list.push(lossIn(one, values) - network)
      gains.set(worker, list)
    }
  }
  // Implied values are not at hand here: without residuals all forecasters weigh the same.
  return Array.from(gains, ([worker, list]) => ({ worker, gain: meanOf(list), residual: [] })).sort((a, b) =>
    a.worker < b.worker ? -1 : 1,
  )
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
