import { exp, ln } from '../../../num/exp.ts'
import { alignBoa, newBoa } from '../first/boa.ts'
import { alignMlPoly, newMlPoly } from '../first/mlPoly.ts'
import type { LabelState, PerMember } from '../towerTypes.ts'

/** Linear pool, log pool, log pool with a learnt exponent, Bayes mixture, BOA, ML-Poly. */
const LAYERS = 6

/** Layers that know nothing and nobody. */
export function newLabelLayers(): LabelState {
  return {
    kind: 'labels',
    exponent: 1,
    curvature: 50,
    bayes: [],
    boa: newBoa(0),
    mlPoly: newMlPoly(),
    second: Array.from({ length: LAYERS }, () => 0),
  }
}

/** The layers over another list of members; `from` names the old index of each, or −1. */
export function alignLabelLayers(state: LabelState, from: readonly number[]): LabelState {
  const known = state.bayes.length
  const mean = known === 0 ? 1 : state.bayes.reduce((sum, log) => sum + exp(log), 0) / known
  return {
    ...state,
    bayes: from.map((i) => state.bayes[i] ?? ln(mean)),
    boa: alignBoa(state.boa, from),
    mlPoly: alignMlPoly(state.mlPoly, from),
  }
}

/** e^log of log weights that sum to something. */
export function bayesWeights(logs: PerMember): PerMember {
  const most = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return logs.map((log) => exp(log - most))
}

/** Log weights after gains: a weight of at least 1e-300 of a sum of 1 is kept. Vovk 1990, at rate 1 on log loss */
export function learnBayes(logs: PerMember, gains: readonly number[]): PerMember {
  const weights = bayesWeights(logs.map((log, j) => log + (gains[j] ?? 0)))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => ln(Math.max(weight / total, 1e-300)))
}
