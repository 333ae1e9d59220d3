import { type LabelSetState, LEVELS, type PublishedLabelSets } from './intervalTypes.ts'
import { massesOf } from './massesOf.ts'

/** Share of the truth's masses that the level covers: their quantile at 1 − target, all labels at a target of 0. */
function limitOf(scores: readonly number[], target: number, level: number): number {
  if (target <= 0) return Infinity
  if (scores.length === 0) return level
  const rank = Math.min(scores.length, Math.ceil((1 - target) * (scores.length + 1)))
  return scores[rank - 1] ?? 0
}

/**
 * Prediction sets of 50, 80 and 95 %: the labels, from the most probable on, whose mass does not exceed the adapted
 * limit of the level. Never empty: where the most probable label alone is right more often than the level asks, it
 * stands, and the set covers more. Each set holds those of lower levels. SPEC VT-7
 */
export function labelSetsOf(state: LabelSetState, probabilities: readonly number[]): PublishedLabelSets {
  const masses = massesOf(probabilities)
  const ascending = state.scores.toSorted((a, b) => a - b)
  let size = 1
  const sets = LEVELS.map((level, i) => {
    const limit = limitOf(ascending, state.targets[i] ?? 1 - level, level)
    size = Math.max(size, masses.filter(({ mass }) => mass <= limit).length)
    return { level, labels: masses.slice(0, size).map(({ label }) => label) }
  })
  return { probabilities, sets }
}
