/** Pinball: τ·(truth − value) from below, (1 − τ)·(value − truth) from above. SPEC VT-4 */
export function quantileLoss(value: number, truth: number, tau: number): number {
  return truth >= value ? tau * (truth - value) : (1 - tau) * (value - truth)
}
