import type { Cell } from '../cells/cell.ts'

/** Indices of the awake members by ascending value, ties by index. */
export function orderOf({ x, awake }: Pick<Cell, 'x' | 'awake'>): readonly number[] {
  const indices: number[] = []
  for (let j = 0; j < x.length; j += 1) if (awake[j]) indices.push(j)
  return indices.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b)
}
