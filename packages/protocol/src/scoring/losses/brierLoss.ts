/** Event: (p − truth)². Labels: Σ (p_l − [l = truth])². SPEC VT-4 */
export function brierLoss(values: readonly number[], truth: number): number {
  const [only] = values
  if (values.length === 1 && only !== undefined) return (only - truth) * (only - truth)
  return values.reduce((sum, p, label) => sum + (label === truth ? (p - 1) * (p - 1) : p * p), 0)
}
