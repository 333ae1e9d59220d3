/** (value − truth)². SPEC VT-4 */
export function squaredLoss(value: number, truth: number): number {
  return (value - truth) * (value - truth)
}
