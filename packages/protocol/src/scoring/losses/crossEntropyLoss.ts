import { ln } from '../../num/exp.ts'

/** −ln of the true label's probability, floored at 1e-9; truth is a label index. SPEC VT-4 */
export function crossEntropyLoss(values: readonly number[], truth: number): number {
  return Math.max(0, -ln(Math.max(values[truth] ?? 0, 1e-9)))
}
