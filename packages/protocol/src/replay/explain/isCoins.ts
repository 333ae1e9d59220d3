import type { Line } from './types.ts'

/** True for a line whose value is an amount of uallo. */
export function isCoins({ label }: Pick<Line, 'label'>): boolean {
  return label === 'paid' || label === 'could be paid' || label.startsWith('coins as ') || label.startsWith('fees as ')
}
