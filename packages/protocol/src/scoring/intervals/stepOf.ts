const STEP = 1 / 20

/** γ of a level, how far a miss rate of 1 would move its target: (1 − level) / 20. SPEC VT-7 */
export function stepOf(level: number): number {
  return (1 - level) * STEP
}
