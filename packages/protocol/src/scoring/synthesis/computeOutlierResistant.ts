import { ema } from '../../num/ema.ts'
import { median } from '../../num/median.ts'
import { medianAbsoluteDeviation } from '../../num/medianAbsoluteDeviation.ts'
import type { Address, NetworkValues } from '../types.ts'
import { computeNetworkValues, type NetworkInput } from './computeNetworkValues.ts'

/** The values without outliers, and the smoothed deviation that the next epoch's `state.inferenceMadEma` takes over. */
export type OutlierResistant = {
  /** Null for vectors and where nobody is left. */
  readonly values: NetworkValues | null
  readonly inferenceMadEma: number
  /** Workers left out, in the order of the inferences given. */
  readonly removed: readonly Address[]
}

/**
 * The network values again, of the inferences with |v − median| ≤ threshold · smoothed MAD. SPEC math 5
 *
 * `regular` is this epoch's ordinary result, returned as it is where nothing is removed. Scalar topics only: vectors
 * leave everything as it was. A median or MAD of exactly 0 filters nothing.
 */
export function computeOutlierResistant(input: NetworkInput, regular: NetworkValues | null): OutlierResistant {
  const { inferences, state, params } = input
  const previous = state.inferenceMadEma
  if (inferences.length === 0 || inferences.some(({ values }) => values.length !== 1)) {
    return { values: null, inferenceMadEma: previous, removed: [] }
  }
  const numbers = inferences.map(({ values }) => values[0] ?? 0)
  const centre = median(numbers)
  const inferenceMadEma = ema(params.outlierAlpha, medianAbsoluteDeviation(numbers), previous === 0 ? null : previous)
  const filters = centre !== 0 && inferenceMadEma !== 0
  const isOutlier = (value: number): boolean =>
    filters && Math.abs(value - centre) > params.outlierThreshold * inferenceMadEma
  const kept = inferences.filter((_, i) => !isOutlier(numbers[i] ?? 0))
  const removed = inferences.filter((_, i) => isOutlier(numbers[i] ?? 0)).map(({ worker }) => worker)
  const values = removed.length === 0 ? regular : computeNetworkValues({ ...input, inferences: kept })
  return { values, inferenceMadEma, removed }
}
