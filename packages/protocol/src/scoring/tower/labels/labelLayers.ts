import { exp, ln } from '../../../num/exp.ts'
import { alignBoa, newBoa } from '../first/boa.ts'
import { alignMlPoly, newMlPoly } from '../first/mlPoly.ts'
import type { LabelState, PerMember } from '../towerTypes.ts'

/** The layers of the reference, then ours. */
const LAYERS = ['mean', 'log', 'sharpened', 'bayes', 'boa', 'mlPoly', 'recent', 'median'] as const
const OF_REFERENCE = 6
/** What the mixture that forgets keeps of a lesson at the next one. */
const MEMORY = 0.95

/** Logarithm of the least weight that is told from nothing. */
const LEAST_LOG = -690

/** A layer's place among those of a state. */
export function placeOf(layer: (typeof LAYERS)[number]): number {
  return LAYERS.indexOf(layer)
}

/** Layers that know nothing and nobody: those of the reference, and `ours` beside them where asked for. */
export function newLabelLayers(ours: boolean): LabelState {
  return {
    kind: 'labels',
    exponent: 1,
    curvature: 50,
    bayes: [],
    recent: ours ? [] : null,
    boa: newBoa(0),
    mlPoly: newMlPoly(),
    second: LAYERS.slice(0, ours ? LAYERS.length : OF_REFERENCE).map(() => 0),
  }
}

/** The layers over another list of members; `from` names the old index of each, or −1. */
export function alignLabelLayers(state: LabelState, from: readonly number[]): LabelState {
  return {
    ...state,
    bayes: alignLogs(state.bayes, from),
    recent: state.recent === null ? null : alignLogs(state.recent, from),
    boa: alignBoa(state.boa, from),
    mlPoly: alignMlPoly(state.mlPoly, from),
  }
}

/** Newcomers weigh as the mean of those known. */
function alignLogs(logs: PerMember, from: readonly number[]): PerMember {
  const mean = logs.length === 0 ? 1 : logs.reduce((sum, log) => sum + exp(log), 0) / logs.length
  return from.map((i) => logs[i] ?? ln(mean))
}

/** e^log of log weights that sum to something. */
export function bayesWeights(logs: PerMember): PerMember {
  const most = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return logs.map((log) => exp(log - most))
}

/** Log weights after gains: a weight of at least 1e-300 of a sum of 1 is kept. Vovk 1990, at rate 1 on log loss */
export function learnBayes(logs: PerMember, gains: readonly (number | null)[]): PerMember {
  const weights = bayesWeights(logs.map((log, j) => log + (gains[j] ?? 0)))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => ln(Math.max(weight / total, 1e-300)))
}

/** The same where what was before counts less at each lesson: of a member awake, whose gain is a number. The most is 0. */
export function learnRecent(logs: PerMember, gains: readonly (number | null)[]): PerMember {
  const moved = logs.map((log, j) => {
    const gain = gains[j] ?? null
    return gain === null ? log : MEMORY * log + gain
  })
  const most = moved.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return moved.map((log) => Math.max(log - most, LEAST_LOG))
}
