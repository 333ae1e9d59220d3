/** Fractions of the three classes, summing to 1, and the new stored score ratio τ. */
export type ClassSplit = {
  readonly inferers: number
  readonly forecasters: number
  readonly reputers: number
  readonly ratio: number
}

/** τ and χ of the class split. `taskScore` = naive − combined loss. SPEC math 11.5 */
function shareOfForecasters(
  taskScore: number,
  best: number,
  alpha: number,
  previous: number,
): readonly [number, number] {
  if (best === 0 && taskScore === 0) return [0, 0.5]
  const ratio = (alpha * taskScore) / (best !== 0 ? best : Math.abs(taskScore)) + (1 - alpha) * previous
  return [ratio, ratio < 0 ? 0.1 : ratio >= 1 ? 0.5 : 0.4 * ratio + 0.1]
}

/** Splits an epoch's reward between the classes from their entropies F, G, H. All entropies 0: all fractions 0. SPEC math 11.5 */
export function computeClassSplit(input: {
  readonly entropies: { readonly inferers: number; readonly forecasters: number; readonly reputers: number }
  readonly taskScore: number
  readonly infererScores: readonly number[]
  readonly previousRatio: number
  readonly alpha: number
}): ClassSplit {
  const { inferers: f, forecasters: g, reputers: h } = input.entropies
  const best = input.infererScores.reduce((a, b) => Math.max(a, b), 0)
  const [ratio, chi] = shareOfForecasters(input.taskScore, best, input.alpha, input.previousRatio)
  const total = f + g + h
  const mixed = (1 - chi) * f + chi * g
  if (!(total > 0)) return { inferers: 0, forecasters: 0, reputers: 0, ratio }
  const gamma = mixed > 0 ? (f + g) / mixed : 0
  return {
    inferers: ((1 - chi) * gamma * f) / total,
    forecasters: (chi * gamma * g) / total,
    reputers: h / total,
    ratio,
  }
}
