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
    regrets: from.map((i) => regrets[i] ?? 0),
    inverseRates: from.map((i) => inverseRates[i] ?? START + largest),
    largest,
  }
}

/** max(regret, 0) × rate, the largest 1; all 1 where nobody has a positive regret. Gaillard, Stoltz & van Erven 2014 */
export function mlPolyWeights({ regrets, inverseRates }: MlPolyState): PerMember {
  const weights = regrets.map((regret, j) => Math.max(regret, 0) / (inverseRates[j] ?? START))
  const most = weights.reduce((a, b) => Math.max(a, b), 0)
  return weights.map((weight) => (most > 0 ? weight / most : 1))
}

/** Adds the regrets r: R += r, B = max(B, max r²), 1/η += r² + B − B before. */
export function learnMlPoly(state: MlPolyState, r: readonly number[]): MlPolyState {
  const squares = r.map((one) => one * one)
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
    regrets: state.regrets.map((regret, j) => regret + (lesson.sums[j] ?? 0)),
    inverseRates: state.inverseRates.map((inverse, j) => inverse + (lesson.squares[j] ?? 0) + grown),
    largest,
  }
}
