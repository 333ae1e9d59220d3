import type { InputForecast } from '../../gen/emissions/v10/types_pb.ts'
import { parseDecimal } from '../../num/parseDecimal.ts'
import { selectTopElements } from '../../scoring/scores/selectTopElements.ts'
import type { ForecastElement } from '../../scoring/types.ts'
import { emissionsError } from '../emissionsError.ts'

/** Predicted losses are log10 of doubles: nothing sensible lies outside. */
const LARGEST = 1e3
const MAX_ELEMENTS = 256
const MAX_EXTRA_DATA = 1024
const LONGEST_ADDRESS = 90

/**
 * The elements of a forecast that are kept: one per inferer, those about the `most` inferers with the highest merit.
 * An element about somebody who is no worker of the topic is left out. SPEC lifecycle 1.8 step 7, FL-03
 */
export function readForecast(
  { forecastElements: elements, extraData }: InputForecast,
  meritOf: (inferer: string) => number | undefined,
  most: number,
): readonly ForecastElement[] {
  if (extraData.length > MAX_EXTRA_DATA) {
    throw invalid('forecast.extra_data', `at most ${MAX_EXTRA_DATA} bytes`, `${extraData.length} bytes`)
  }
  if (elements.length > MAX_ELEMENTS) {
    throw invalid('forecast.forecast_elements', `at most ${MAX_ELEMENTS} elements`, `${elements.length}`)
  }
  const read = elements.map(({ inferer, value: text }, i) => {
    const value = parseDecimal(text)
    const legal = typeof value === 'number' && Math.abs(value) <= LARGEST
    if (!legal)
      throw invalid(`forecast.forecast_elements[${i}].value`, `a decimal from -${LARGEST} to ${LARGEST}`, text)
    return { inferer, value }
  })
  if (read.length === 0) throw emissionsError('NO_FORECAST_ELEMENTS', {})
  // Asked once each, and only about what may be an address: a key of the store is never as long as a user likes.
  const merits = new Map(
    read.flatMap(({ inferer }) => {
      const merit = inferer.length > LONGEST_ADDRESS ? undefined : meritOf(inferer)
      return merit === undefined ? [] : [[inferer, merit] as const]
    }),
  )
  const known = read.filter(({ inferer }) => merits.has(inferer))
  return selectTopElements(known, (inferer) => merits.get(inferer) ?? 0, most)
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_WORKER_DATA', { field, expected, got })
}
