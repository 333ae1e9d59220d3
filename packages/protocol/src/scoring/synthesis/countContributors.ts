import type { NetworkValues } from '../types.ts'

/** How many workers made the combined value; one inference alone has no weights: it is the answer. SPEC math 3.0 */
export function countContributors({ weights }: NetworkValues): number {
  return Math.max(1, weights.filter(({ weight }) => weight > 0).length)
}
