const SMALLEST_NORMAL = 2.2250738585072014e-308

/** The number itself, or 0 where it is closer to zero than a decimal on the wire may be: what is stored can be read. SPEC GR-1 */
export function flushTiny(value: number): number {
  return Math.abs(value) < SMALLEST_NORMAL ? 0 : value
}
