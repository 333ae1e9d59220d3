/** Pulls a score (1 − α)^missed of the way toward the initial EMA score. SPEC math 10.5 */
export function applyLivenessPenalty(score: number, initialEma: number, alpha: number, missed: number): number {
  if (score === initialEma || missed <= 0) return score
  let distance = score - initialEma
  for (let i = 0; i < missed && distance !== 0; i++) distance *= 1 - alpha
  return initialEma + distance
}
