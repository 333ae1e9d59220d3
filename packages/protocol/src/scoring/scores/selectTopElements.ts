import type { Address, ForecastElement } from '../types.ts'

/** First element per inferer, of the `most` inferers with the highest score; ties by address; address order. SPEC math 10.6 */
export function selectTopElements(
  elements: readonly ForecastElement[],
  scoreOf: (inferer: Address) => number,
  most: number,
): readonly ForecastElement[] {
  const byAddress = (a: ForecastElement, b: ForecastElement): number =>
    a.inferer < b.inferer ? -1 : a.inferer > b.inferer ? 1 : 0
  return elements
    .toSorted(byAddress)
    .filter((element, i, sorted) => sorted[i - 1]?.inferer !== element.inferer)
    .toSorted((a, b) => scoreOf(b.inferer) - scoreOf(a.inferer))
    .slice(0, most)
    .toSorted(byAddress)
}
