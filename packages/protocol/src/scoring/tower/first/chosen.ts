import type { PerMember } from '../towerTypes.ts'

/** Members that a quadratic part runs over. SPEC VT-10 */
const MOST = 16

/** A choice of members, ascending, and the former place of each, or −1. */
export type Choice = { readonly chosen: readonly number[]; readonly former: readonly number[] }

/** The choice over another list of members: those chosen before stay, free places go to the first of the others. */
export function alignChosen(chosen: readonly number[], from: readonly number[]): Choice {
  const place = new Map(chosen.map((member, k) => [member, k]))
  const next = from.map((_, j) => j).filter((j) => place.has(from[j] ?? -1))
  for (let j = 0; j < from.length && next.length < MOST; j += 1) if (!place.has(from[j] ?? -1)) next.push(j)
  next.sort((a, b) => a - b)
  return { chosen: next, former: next.map((j) => place.get(from[j] ?? -1) ?? -1) }
}

/** The lightest chosen member makes room for the heaviest other one where that weighs more than twice as much; else null. */
export function rechoose(chosen: readonly number[], weights: PerMember): Choice | null {
  const swap = lightestAndHeaviest(chosen, weights)
  if (swap === null) return null
  const next = chosen.map((j) => (j === swap.lightest ? swap.heaviest : j)).sort((a, b) => a - b)
  return { chosen: next, former: next.map((j) => chosen.indexOf(j)) }
}

/** The same as often as it holds: each of the heaviest takes the place of one that weighs less than half; else null. */
export function rechooseAll(chosen: readonly number[], weights: PerMember): Choice | null {
  let next = chosen
  for (let swaps = 0; swaps < MOST; swaps += 1) {
    const swap = lightestAndHeaviest(next, weights)
    if (swap === null) break
    next = next.map((j) => (j === swap.lightest ? swap.heaviest : j))
  }
  if (next === chosen) return null
  const sorted = next.toSorted((a, b) => a - b)
  return { chosen: sorted, former: sorted.map((j) => chosen.indexOf(j)) }
}

function lightestAndHeaviest(
  chosen: readonly number[],
  weights: PerMember,
): { readonly lightest: number; readonly heaviest: number } | null {
  if (weights.length <= chosen.length) return null
  const taken = new Set(chosen)
  const weigh = (j: number): number => weights[j] ?? 0
  const lightest = chosen.reduce((a, b) => (weigh(b) < weigh(a) ? b : a))
  let heaviest = -1
  for (let j = 0; j < weights.length; j += 1)
    if (!taken.has(j) && (heaviest < 0 || weigh(j) > weigh(heaviest))) heaviest = j
  return weigh(heaviest) > 2 * weigh(lightest) ? { lightest, heaviest } : null
}
