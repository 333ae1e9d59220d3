/** d²/2 for d = |value − truth| ≤ δ, else δ·(d − δ/2). SPEC VT-4 */
export function huberLoss(value: number, truth: number, delta: number): number {
  const d = Math.abs(value - truth)
  return d <= delta ? (d * d) / 2 : delta * (d - delta / 2)
}
