import { advanceIntervals } from '@starling/protocol/scoring/intervals/advanceIntervals'
import { advanceLabelSets } from '@starling/protocol/scoring/intervals/advanceLabelSets'
import { intervalSpread } from '@starling/protocol/scoring/intervals/intervalSpread'
import { intervalsOf } from '@starling/protocol/scoring/intervals/intervalsOf'
import type {
  AdaptiveState,
  CoverageLedger,
  PublishedIntervals,
  PublishedLabelSets,
} from '@starling/protocol/scoring/intervals/intervalTypes'
import { labelSetsOf } from '@starling/protocol/scoring/intervals/labelSetsOf'
import { newIntervals } from '@starling/protocol/scoring/intervals/newIntervals'
import { newLabelSets } from '@starling/protocol/scoring/intervals/newLabelSets'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import { computeSpread } from '@starling/protocol/scoring/synthesis/computeSpread'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { Answer, Question } from '../synthesis/collective.ts'
import { createSeriesErrors } from './createSeriesErrors.ts'
import { mixedOrder } from './mixedOrder.ts'

/** Lower and upper ends by level, in the unit of the truth; empty where the answer is no number. */
export type Ends = readonly (readonly [lower: number, upper: number])[]

/** A truth of a case. */
export type CaseTruth = { readonly at: number; readonly truth: number }

/** The calibrated intervals of one run. SPEC VT-7 */
export type IntervalKeeper = {
  /** Intervals around an answer, before its truth; kept open until `learn` where it will have one. */
  readonly publish: (question: Question, answer: Omit<Answer<unknown>, 'memory'>, isOpen: boolean) => Ends
  /** The truths of cases of one epoch; `isScored` counts them in the ledger that is reported. */
  readonly learn: (truths: readonly CaseTruth[], isScored: boolean) => void
  /** Hits and widths (sizes of sets for labels) by level over the scored cases; null where there are no intervals. */
  readonly ledger: () => CoverageLedger | null
}

/**
 * A keeper for what the policy asks: intervals for numbers, sets for labels, neither for events and quantiles. Of a table
 * with several series (`isKeyed`) each has an average of |error| of its own; what else adapts is common to all.
 */
export function createIntervals(policy: TopicPolicy, isKeyed: boolean): IntervalKeeper {
  const kind = outputKindOf(policy)
  if (kind === 'number') return createNumberIntervals(isKeyed)
  return kind === 'labels' ? createSets() : { publish: () => [], learn: () => {}, ledger: () => null }
}

function createNumberIntervals(isKeyed: boolean): IntervalKeeper {
  const errors = createSeriesErrors(isKeyed)
  const errorOf = ({ published, scale }: ScaledIntervals, truth: number) => Math.abs(truth / scale - published.value)
  const book = createBook(newIntervals(), {
    advance: (state, one: ScaledIntervals, truth) => {
      const next = advanceIntervals(state, one.published, truth / one.scale)
      errors.learn(one.series, errorOf(one, truth), next.meanError)
      return next
    },
    sizeOf: (one, truth) => errorOf(one, truth) / (one.published.scale > 0 ? one.published.scale : 1),
  })
  return {
    publish: (question, answer, isOpen) => {
      const { scale, at, series } = question
      // Errors are in units of the scale, so intervals are kept in that unit, too.
      const spread = spreadOf(question, answer) / scale
      const state = book.state()
      const meanError = errors.of(series, state.meanError)
      const published = intervalsOf({ ...state, meanError }, (answer.values[0] ?? 0) / scale, spread)
      if (isOpen) book.open(at, { published, scale, series })
      return published.intervals.map(({ lower, upper }) => [lower * scale, upper * scale] as const)
    },
    learn: book.learn,
    ledger: book.ledger,
  }
}

type ScaledIntervals = {
  readonly published: PublishedIntervals
  readonly scale: number
  readonly series: number
}

function createSets(): IntervalKeeper {
  const book = createBook(newLabelSets(), {
    advance: advanceLabelSets,
    sizeOf: ({ probabilities }: PublishedLabelSets, truth) => -(probabilities[truth] ?? 0),
  })
  return {
    publish: ({ at }, { values }, isOpen) => {
      if (isOpen) book.open(at, labelSetsOf(book.state(), values))
      return []
    },
    learn: book.learn,
    ledger: book.ledger,
  }
}

/** The cases of an epoch err together, so that hundreds of them say about as much as a handful of epochs. */
const MOST_STEPS = 5

/** What a truth does to the state, and how far off it was, by which the cases of an epoch are put in order. */
type Rule<S, P> = {
  readonly advance: (state: S, published: P, truth: number) => S
  readonly sizeOf: (published: P, truth: number) => number
}

type Book<S, P> = Pick<IntervalKeeper, 'learn' | 'ledger'> & {
  readonly state: () => S
  readonly open: (at: number, published: P) => void
}

/**
 * What is open and what adapts. The cases of an epoch are learnt in an order of their own, whatever that of the rows. They
 * were published by the same targets, so these move once, by what the cases ask for on average, as far as at most five
 * truths would: moved by every case in turn they would run away within one epoch of hundreds.
 */
function createBook<S extends AdaptiveState & { readonly ledger: CoverageLedger }, P>(
  first: S,
  { advance, sizeOf }: Rule<S, P>,
): Book<S, P> {
  let state = first
  let epochs = 0
  const levels = first.ledger.levels.map(({ level }) => ({ level, hits: 0, width: 0 }))
  const published = new Map<number, P>()
  return {
    state: () => state,
    open: (at, one) => published.set(at, one),
    learn: (truths, isScored) => {
      const { targets } = state
      const moved: (readonly number[])[] = []
      const judged = truths.flatMap(({ at, truth }) => {
        const one = published.get(at)
        published.delete(at)
        return one === undefined ? [] : [{ one, truth }]
      })
      for (const index of mixedOrder(judged.map(({ one, truth }) => sizeOf(one, truth)))) {
        const found = judged[index]
        if (found === undefined) continue
        const { one, truth } = found
        const next = advance({ ...state, targets }, one, truth)
        moved.push(next.targets)
        if (isScored) epochs += 1
        for (const [i, level] of levels.entries()) {
          if (!isScored) break
          level.hits += (next.ledger.levels[i]?.hits ?? 0) - (state.ledger.levels[i]?.hits ?? 0)
          level.width += (next.ledger.levels[i]?.width ?? 0) - (state.ledger.levels[i]?.width ?? 0)
        }
        state = next
      }
      if (moved.length === 0) return
      const mean = (i: number): number => moved.reduce((sum, one) => sum + (one[i] ?? 0), 0) / moved.length
      const steps = Math.min(MOST_STEPS, moved.length)
      state = { ...state, targets: targets.map((target, i) => target + steps * (mean(i) - target)) }
    },
    ledger: () => ({ epochs, levels }),
  }
}

/**
 * How far those stand apart who stand behind the answer; who counts against it counts nothing here. */
function spreadOf({ inferences }: Question, { values, weights }: Omit<Answer<unknown>, 'memory'>): number {
  const network = {
    combined: values,
    naive: values,
    inferers: inferences,
    forecasters: [],
    oneOutInferers: [],
    oneOutForecasters: [],
    oneInForecasters: [],
    oneOutInfererForecasters: [],
  }
  const weightOf = new Map(weights.map(({ worker, weight }) => [worker, weight]))
  const behind = inferences.map(({ worker }) => ({ worker, weight: weightOf.get(worker) ?? 0 }))
  const predictions = inferences.map((one) => one.values[0] ?? 0)
  return intervalSpread(values[0] ?? 0, predictions, computeSpread({ ...network, weights: behind }))
}
