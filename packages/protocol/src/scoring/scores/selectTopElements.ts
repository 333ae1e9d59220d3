import { compareAddress } from '../../num/compareAddress.ts'
import type { Address, ForecastElement } from '../types.ts'

/** First element per inferer, of the `most` inferers with the highest score; ties by address; address order. SPEC math 10.6 */
export function selectTopElements(
  elements: readonly ForecastElement[],
  scoreOf: (inferer: Address) => number,
  most: number,
): readonly ForecastElement[] {
  const seen = new Set<Address>()
  const first = elements.filter(({ inferer }) => {
    const isNew = !seen.has(inferer)
    seen.add(inferer)
    return isNew
  })
  return first
    .toSorted((a, b) => scoreOf(b.inferer) - scoreOf(a.inferer) || compareAddress(a.inferer, b.inferer))
    .slice(0, most)
    .toSorted((a, b) => compareAddress(a.inferer, b.inferer))
}
