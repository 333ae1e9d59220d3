import { tabulate } from '../../../num/tabulate.ts'
import { pick } from '../cells/pick.ts'
import type { MlPolyState, PerMember } from '../towerTypes.ts'

/** e^−700: what a newcomer's inverse rate starts from. */
const START = 9.85967654375977e-305

/** Weights before anything is known. */
export function newMlPoly(): MlPolyState {
  return { regrets: [], inverseRates: [], largest: 0 }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignMlPoly({ regrets, inverseRates, largest }: MlPolyState, from: readonly number[]): MlPolyState {
  return {
    regrets: pick(regrets, from),
    inverseRates: pick(inverseRates, from, START + largest),
    largest,
  }
}

/** max(regret, 0) × rate, the largest 1; all 1 where nobody has a positive regret. Gaillard, Stoltz & van Erven 2014 */
export function mlPolyWeights({ regrets, inverseRates }: MlPolyState): PerMember {
  let most = 0
  const weights: number[] = []
  for (let j = 0; j < regrets.length; j += 1) {
    const weight = Math.max(regrets[j] ?? 0, 0) / (inverseRates[j] ?? START)
    most = Math.max(most, weight)
    weights.push(weight)
  }
  for (let j = 0; j < weights.length; j += 1) weights[j] = most > 0 ? (weights[j] ?? 0) / most : 1
  return weights
}

/** Adds the regrets r: R += r, B = max(B, max r²), 1/η += r² + B − B before. */
export function learnMlPoly(state: MlPolyState, r: readonly number[]): MlPolyState {
  const squares = tabulate(r.length, (j) => (r[j] ?? 0) * (r[j] ?? 0))
  return learnMlPolyRows(state, { sums: r, squares, largest: squares.reduce((a, b) => Math.max(a, b), 0) })
}

/** The same from the sums of several lessons' regrets and of their squares, and the largest square. */
export function learnMlPolyRows(
  state: MlPolyState,
  lesson: { readonly sums: readonly number[]; readonly squares: readonly number[]; readonly largest: number },
): MlPolyState {
  const largest = Math.max(state.largest, lesson.largest)
  const grown = largest - state.largest
  return {
    regrets: tabulate(state.regrets.length, (j) => (state.regrets[j] ?? 0) + (lesson.sums[j] ?? 0)),
    inverseRates: tabulate(
      state.inverseRates.length,
      (j) => (state.inverseRates[j] ?? 0) + (lesson.squares[j] ?? 0) + grown,
    ),
    largest,
  }
}
