import { exp, ln } from '../../num/exp.ts'

/** (stake · T)^p over the sum; zero products stay 0. SPEC math 11.2 */
export function computeReputerFractions(
  reputers: readonly { readonly stake: number; readonly score: number }[],
  p: number,
): readonly number[] {
  const powers = reputers.map(({ stake, score }) => {
    const product = stake * score
    return product > 0 && p !== 1 ? exp(p * ln(product)) : Math.max(0, product)
  })
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => (total > 0 ? power / total : 0))
}
