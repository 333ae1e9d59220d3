/** x^n by repeated squaring: bounded work, however many epochs somebody missed. */
function power(x: number, n: number): number {
  let result = 1
  let square = x
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square
    square *= square
  }
  return result
}

/** Pulls a score toward the initial EMA score: (1 − α)^missed of the distance stays. SPEC math 10.5 */
export function applyLivenessPenalty(score: number, initialEma: number, alpha: number, missed: number): number {
  if (score === initialEma || missed <= 0) return score
  return initialEma + power(1 - alpha, missed) * (score - initialEma)
}
