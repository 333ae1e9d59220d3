/** max(0, 1 − |x − truth| / tolerance); labels and events 1 or 0. SPEC VT-3 */
export function reputerCloseness(value: number, truth: number, tolerance: number, discrete: boolean): number {
  if (discrete) return value === truth ? 1 : 0
  return Math.max(0, 1 - Math.abs(value - truth) / tolerance)
}
