import type { Values } from '../types.ts'

/**
 * Σ w·v / max(Σ w, ε) for each output, in the order of the members; weights of 0 are left out. SPEC math 3.2
 *
 * Undefined where no member has a weight.
 */
export function weightedAverage(
  members: readonly { readonly values: Values; readonly weight: number }[],
  epsilonSafeDiv: number,
): Values | undefined {
  const heard = members.filter(({ weight }) => weight > 0)
  const [first] = heard
  if (first === undefined) return undefined
  let total = 0
  for (const { weight } of heard) total += weight
  const divisor = Math.max(total, epsilonSafeDiv)
  return first.values.map((_, output) => {
    let weighted = 0
    for (const { values, weight } of heard) weighted += weight * (values[output] ?? 0)
    return weighted / divisor
  })
}
