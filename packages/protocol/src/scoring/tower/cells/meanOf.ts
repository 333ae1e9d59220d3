import type { Cell } from './cell.ts'

/** The mean of the awake members. */
export function meanOf({ x, awake, count }: Cell): number {
  let total = 0
  for (let j = 0; j < x.length; j += 1) if (awake[j]) total += x[j] ?? 0
  return total / count
}
