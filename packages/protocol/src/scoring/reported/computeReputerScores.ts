/** A reputer's stake and its losses in the fixed order of quantities; null where it reported none. */
export type ReputerLosses = { readonly stake: number; readonly losses: readonly (number | null)[] }

/** Consensus of one column, and the stand-in for a missing entry: the value with the largest signed consensus − loss. */
function summarise(column: readonly (number | null)[], stakes: readonly number[]): readonly [number, number] {
  const present = column.flatMap((loss, m) => (loss === null ? [] : [{ loss, stake: stakes[m] ?? 0 }]))
  const total = present.reduce((sum, r) => sum + r.stake, 0)
  const consensus = total > 0 ? present.reduce((sum, r) => sum + (r.loss * r.stake) / total, 0) : 0
  return [consensus, present.reduce((low, r) => Math.min(low, r.loss), present[0]?.loss ?? consensus)]
}

/** T = 1 / (distance from consensus / ‖consensus‖ + ε) per reputer, for given coefficients. SPEC math 9.3 */
export function computeReputerScores(
  reputers: readonly ReputerLosses[],
  coefficients: readonly number[],
  params: { readonly epsilonReputer: number; readonly epsilonSafeDiv: number },
): readonly number[] {
  const heard = reputers.map((r, m) => (coefficients[m] ?? 1) * r.stake)
  const total = heard.reduce((a, b) => a + b, 0)
  const stakes = heard.map((h) => (total > 0 ? Math.min((reputers.length * h) / total, 1) : 0))
  const columns = (reputers[0]?.losses ?? []).map((_, q) =>
    summarise(
      reputers.map((r) => r.losses[q] ?? null),
      stakes,
    ),
  )
  const norm = Math.sqrt(columns.reduce((sum, [c]) => sum + c * c, 0)) || params.epsilonSafeDiv
  return reputers.map((r) => {
    const squares = columns.map(([c, far], q) => (r.losses[q] ?? far) - c)
    return 1 / (Math.sqrt(squares.reduce((sum, d) => sum + d * d, 0)) / norm + params.epsilonReputer)
  })
}
