/** |value − truth|. SPEC VT-4 */
export function absoluteLoss(value: number, truth: number): number {
  return Math.abs(value - truth)
}
