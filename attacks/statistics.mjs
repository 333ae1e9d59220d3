import { makeRandom } from './random.mjs'

/** A bootstrap of fewer seeds says nothing: a short run asks the mean. */
export const FEW = 5
const RESAMPLES = 2000

export const meanOf = (values) => values.reduce((a, b) => a + b, 0) / values.length

/** Upper end of the 95 % bootstrap interval of the mean over seeds. */
export function upperBound(values) {
  const random = makeRandom(7)
  const means = Array.from({ length: RESAMPLES }, () =>
    meanOf(values.map(() => values[Math.floor(random() * values.length)])),
  )
  return means.sort((a, b) => a - b)[Math.floor(0.975 * RESAMPLES)]
}
