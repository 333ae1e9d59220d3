import { advanceIntervals } from '@starling/protocol/scoring/intervals/advanceIntervals'
import { advanceLabelSets } from '@starling/protocol/scoring/intervals/advanceLabelSets'
import { intervalSpread } from '@starling/protocol/scoring/intervals/intervalSpread'
import { intervalsOf } from '@starling/protocol/scoring/intervals/intervalsOf'
import type {
  AdaptiveState,
  CoverageLedger,
  PublishedIntervals,
} from '@starling/protocol/scoring/intervals/intervalTypes'
import { labelSetsOf } from '@starling/protocol/scoring/intervals/labelSetsOf'
import { newIntervals } from '@starling/protocol/scoring/intervals/newIntervals'
import { newLabelSets } from '@starling/protocol/scoring/intervals/newLabelSets'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import { computeSpread } from '@starling/protocol/scoring/synthesis/computeSpread'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import type { Answer, Question } from '../synthesis/collective.ts'

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

/** A keeper for what the policy asks: intervals for numbers, sets for labels, neither for events and quantiles. */
export function createIntervals(policy: TopicPolicy): IntervalKeeper {
  const kind = outputKindOf(policy)
  if (kind === 'number') return createNumberIntervals()
  return kind === 'labels' ? createSets() : { publish: () => [], learn: () => {}, ledger: () => null }
}

function createNumberIntervals(): IntervalKeeper {
  const book = createBook(newIntervals(), (state, { published, scale }: ScaledIntervals, truth) =>
    advanceIntervals(state, published, truth / scale),
  )
  return {
    publish: (question, answer, isOpen) => {
      const { scale, at } = question
      // Errors are in units of the scale, so intervals are kept in that unit, too.
      const spread = spreadOf(question, answer) / scale
      const published = intervalsOf(book.state(), (answer.values[0] ?? 0) / scale, spread)
      if (isOpen) book.open(at, { published, scale })
      return published.intervals.map(({ lower, upper }) => [lower * scale, upper * scale] as const)
    },
    learn: book.learn,
    ledger: book.ledger,
  }
}

type ScaledIntervals = { readonly published: PublishedIntervals; readonly scale: number }

function createSets(): IntervalKeeper {
  const book = createBook(newLabelSets(), advanceLabelSets)
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

type Book<S, P> = Pick<IntervalKeeper, 'learn' | 'ledger'> & {
  readonly state: () => S
  readonly open: (at: number, published: P) => void
}

/**
 * What is open and what adapts. The cases of an epoch were published by the same targets, so these move once, by what the
 * cases ask for on average, as far as at most five truths would: moved by every case in turn they would run away within
 * one epoch of hundreds.
 */
function createBook<S extends AdaptiveState & { readonly ledger: CoverageLedger }, P>(
  first: S,
  advance: (state: S, published: P, truth: number) => S,
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
      for (const { at, truth } of truths) {
        const one = published.get(at)
        published.delete(at)
        if (one === undefined) continue
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
