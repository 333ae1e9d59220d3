/** ((value − truth) / max(|truth|, 1e-9))². SPEC VT-4 */
export function relativeSquaredLoss(value: number, truth: number): number {
  const d = (value - truth) / Math.max(Math.abs(truth), 1e-9)
  return d * d
}
