/**
 * Exponential moving average: α·current + (1 − α)·previous; `current` itself where there is no previous value or both
 * are equal. SPEC math 12.5
 */
export function ema(alpha: number, current: number, previous: number | null): number {
  if (previous === null || current === previous) return current
  return alpha * current + (1 - alpha) * previous
}
