import { advanceIntervals } from '@starling/protocol/scoring/intervals/advanceIntervals'
import { advanceLabelSets } from '@starling/protocol/scoring/intervals/advanceLabelSets'
import { intervalsOf } from '@starling/protocol/scoring/intervals/intervalsOf'
import type {
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

/** Lower and upper ends by level, in the unit of the truth; empty where the answer is no number. */
export type Ends = readonly (readonly [lower: number, upper: number])[]

/** The calibrated intervals of one run. SPEC VT-7 */
export type IntervalKeeper = {
  /** Intervals around an answer, before its truth; kept open until `learn` where it will have one. */
  readonly publish: (question: Question, answer: Omit<Answer<unknown>, 'memory'>, isOpen: boolean) => Ends
  /** The truth of a case; `isScored` counts it in the ledger that is reported. */
  readonly learn: (at: number, truth: number, isScored: boolean) => void
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
  let state = newIntervals()
  const tally = createTally()
  const open = new Map<number, { readonly published: PublishedIntervals; readonly scale: number }>()
  return {
    publish: (question, answer, isOpen) => {
      const { scale, at } = question
      // Errors are in units of the scale, so intervals are kept in that unit, too.
      const published = intervalsOf(state, (answer.values[0] ?? 0) / scale, spreadOf(question, answer) / scale)
      if (isOpen) open.set(at, { published, scale })
      return published.intervals.map(({ lower, upper }) => [lower * scale, upper * scale] as const)
    },
    learn: (at, truth, isScored) => {
      const entry = open.get(at)
      open.delete(at)
      if (entry === undefined) return
      const next = advanceIntervals(state, entry.published, truth / entry.scale)
      tally.add(state.ledger, next.ledger, isScored)
      state = next
    },
    ledger: tally.ledger,
  }
}

function createSets(): IntervalKeeper {
  let state = newLabelSets()
  const tally = createTally()
  const open = new Map<number, PublishedLabelSets>()
  return {
    publish: ({ at }, { values }, isOpen) => {
      if (isOpen) open.set(at, labelSetsOf(state, values))
      return []
    },
    learn: (at, truth, isScored) => {
      const published = open.get(at)
      open.delete(at)
      if (published === undefined) return
      const next = advanceLabelSets(state, published, truth)
      tally.add(state.ledger, next.ledger, isScored)
      state = next
    },
    ledger: tally.ledger,
  }
}

/** Counts what the ledger gained in scored cases only. */
function createTally(): {
  readonly add: (before: CoverageLedger, after: CoverageLedger, isScored: boolean) => void
  readonly ledger: () => CoverageLedger
} {
  let epochs = 0
  const sums = new Map<number, { hits: number; width: number }>()
  return {
    add: (before, after, isScored) => {
      for (const [i, { level, hits, width }] of after.levels.entries()) {
        const sum = sums.get(level) ?? { hits: 0, width: 0 }
        if (isScored) {
          sum.hits += hits - (before.levels[i]?.hits ?? 0)
          sum.width += width - (before.levels[i]?.width ?? 0)
        }
        sums.set(level, sum)
      }
      if (isScored) epochs += 1
    },
    ledger: () => ({ epochs, levels: Array.from(sums, ([level, sum]) => ({ level, ...sum })) }),
  }
}

/**
 * How far those stand apart who stand behind the answer; who counts against it counts nothing here. Where one alone
 * stands behind it, how far all stand apart: an answer is not sure for having been taken from one model.
 */
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
  const behind = weights.map(({ worker, weight }) => ({ worker, weight: Math.max(0, weight) }))
  const spread = computeSpread({ ...network, weights: behind })
  if (spread > 0) return spread
  return computeSpread({ ...network, weights: inferences.map(({ worker }) => ({ worker, weight: 1 })) })
}
