import { compareAddress } from '../../num/compareAddress.ts'
import { checkValues } from '../losses/checkValues.ts'
import type { Address, Forecast, ForecastElement, Inference, TopicPolicy } from '../types.ts'
import type { Skipped } from './settleTypes.ts'
import { uniqueBy } from './uniqueBy.ts'

/** The inferences and forecasts that count, in address order, and what does not. */
export type AdmittedWork = {
  readonly inferences: readonly Inference[]
  readonly forecasts: readonly Forecast[]
  readonly skipped: readonly Skipped[]
}

function whyNot(
  element: ForecastElement,
  previous: ForecastElement | undefined,
  known: ReadonlySet<Address>,
): string | null {
  if (!known.has(element.inferer)) return 'Speaks of somebody without an inference in this epoch.'
  if (!Number.isFinite(element.value)) return 'Expected a finite number.'
  return previous?.inferer === element.inferer ? 'A second element about the same inferer.' : null
}

/** Elements by inferer; of several about one inferer the lowest value counts. */
function admitElements(
  { forecaster, elements }: Forecast,
  known: ReadonlySet<Address>,
): Pick<AdmittedWork, 'forecasts' | 'skipped'> {
  const sorted = elements.toSorted((a, b) => compareAddress(a.inferer, b.inferer) || a.value - b.value)
  const judged = sorted.map((element, i) => ({ element, reason: whyNot(element, sorted[i - 1], known) }))
  const kept = judged.flatMap(({ element, reason }) => (reason === null ? [element] : []))
  return {
    forecasts: [{ forecaster, elements: kept }],
    skipped: judged.flatMap(({ element, reason }) =>
      reason === null ? [] : [{ who: forecaster, field: `elements.${element.inferer}`, reason }],
    ),
  }
}

/** Leaves out values outside the topic's domain, repeated participants, and forecasts of nobody. SPEC VT-4, math 10.6 */
export function admitWork(
  policy: TopicPolicy,
  inferences: readonly Inference[],
  forecasts: readonly Forecast[],
): AdmittedWork {
  const inferers = uniqueBy(inferences, ({ worker }) => worker, 'inference')
  const judged = inferers.unique.map((inference) => ({ inference, reason: checkValues(policy, inference.values) }))
  const legal = judged.flatMap(({ inference, reason }) => (reason === null ? [inference] : []))
  const illegal = judged.flatMap(({ inference, reason }) =>
    reason === null ? [] : [{ who: inference.worker, field: 'values', reason }],
  )
  const known = new Set(legal.map(({ worker }) => worker))
  const forecasters = uniqueBy(forecasts, ({ forecaster }) => forecaster, 'forecast')
  const admitted = forecasters.unique.map((forecast) => admitElements(forecast, known))
  return {
    inferences: legal,
    forecasts: admitted.flatMap((one) => one.forecasts),
    skipped: [...inferers.skipped, ...illegal, ...forecasters.skipped, ...admitted.flatMap((one) => one.skipped)],
  }
}
