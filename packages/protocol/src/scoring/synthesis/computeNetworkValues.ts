import { compareAddress } from '../../num/compareAddress.ts'
import { entryOf } from '../entryOf.ts'
import type { ForecasterState, InfererState, ScoringState } from '../stateTypes.ts'
import type {
  Address,
  AttributedValues,
  Forecast,
  Inference,
  NetworkValues,
  OneOutInfererForecasterValues,
  ScoringParams,
  Values,
} from '../types.ts'
import { type CombineContext, combine, type Member } from './combine.ts'
import { computeForecastImplied, type ForecastContext, type ForecastOfInference } from './computeForecastImplied.ts'

/** What a topic's workers submitted for one nonce, and what the scoring remembered when the window closed. */
export type NetworkInput = {
  readonly inferences: readonly Inference[]
  readonly forecasts: readonly Forecast[]
  readonly state: ScoringState
  readonly params: ScoringParams
}

type Inferer = { readonly worker: Address; readonly values: Values; readonly state: InfererState | undefined }
type Forecaster = {
  readonly worker: Address
  readonly values: Values
  readonly elements: readonly ForecastOfInference[]
  readonly state: ForecasterState | undefined
}
/** One regret of each worker: picks the family that a calculation uses. */
type Family = {
  readonly inferer: (state: InfererState | undefined) => number | null | undefined
  readonly forecaster: (state: ForecasterState | undefined) => number | null | undefined
}
type Epoch = {
  readonly inferers: readonly Inferer[]
  readonly forecasters: readonly Forecaster[]
  readonly initialRegret: number
  readonly context: CombineContext
  readonly forecastContext: ForecastContext | undefined
}

const ownRegrets: Family = { inferer: (state) => state?.regret, forecaster: (state) => state?.regret }

/** The values that are the same under every rule of synthesis: naive, forecast-implied, one-in and the matrix. */
export type PlainValues = Omit<NetworkValues, 'combined' | 'oneOutInferers' | 'oneOutForecasters' | 'weights'>

/**
 * Every network value of an epoch: combined, naive, forecast-implied, one-outs, one-ins. SPEC math 3
 *
 * Workers in any order, one inference and one forecast each; the result lists them in address order. Null for no
 * inference. Cost O(N·(N + F·E)) for N inferers, F forecasters with E elements each.
 */
export function computeNetworkValues(input: NetworkInput): NetworkValues | null {
  const epoch = gather(input)
  const { inferers, forecasters } = epoch
  const [first, second] = inferers
  if (first === undefined) return null
  if (second === undefined) {
    return { ...plainOfOne(first), combined: first.values, oneOutInferers: [], oneOutForecasters: [], weights: [] }
  }
  const combined = calculate(epoch, inferers, forecasters, ownRegrets)
  return {
    ...plainValues(epoch),
    combined: combined.values,
    oneOutInferers: inferers.map(({ worker }) => ({ worker, values: withoutInferer(epoch, worker) })),
    oneOutForecasters: forecasters.length > 1 ? forecasters.map((out) => oneOutForecaster(epoch, out.worker)) : [],
    weights: [...inferers, ...forecasters].map(({ worker }, i) => ({ worker, weight: combined.weights[i] ?? 0 })),
  }
}

/** Those of them that a topic with another rule of synthesis keeps, without the work for the rest. SPEC math 3, VT-10 */
export function computePlainValues(input: NetworkInput): PlainValues | null {
  const epoch = gather(input)
  const [first, second] = epoch.inferers
  if (first === undefined) return null
  return second === undefined ? plainOfOne(first) : plainValues(epoch)
}

function plainValues(epoch: Epoch): PlainValues {
  const { inferers, forecasters } = epoch
  return {
    naive: calculate(epoch, inferers, [], { ...ownRegrets, inferer: (state) => state?.naiveRegret }).values,
    inferers: inferers.map(({ worker, values }) => ({ worker, values })),
    forecasters: forecasters.map(({ worker, values }) => ({ worker, values })),
    oneInForecasters: forecasters.length > 1 ? forecasters.map((alone) => oneInForecaster(epoch, alone)) : [],
    oneOutInfererForecasters: oneOutMatrix(epoch),
  }
}

function gather({ inferences, forecasts, state, params }: NetworkInput): Epoch {
  const allNew = state.initialRegret === 0
  const context = { regretScale: state.regretScale, allNew, params }
  const byAddress = (a: { worker: string }, b: { worker: string }) => compareAddress(a.worker, b.worker)
  const inferers = inferences
    .map(({ worker, values }) => ({ worker, values, state: entryOf(state.inferers, worker) }))
    .toSorted(byAddress)
  const forecastContext = state.combinedLoss === null ? undefined : { ...context, previousLoss: state.combinedLoss }
  const valuesOf = new Map(inferers.map(({ worker, values }) => [worker, values]))
  const forecasters = forecasts
    .flatMap(({ forecaster, elements }) => {
      if (forecastContext === undefined) return []
      const named = elements
        .flatMap((element) => {
          const values = valuesOf.get(element.inferer)
          return values === undefined ? [] : [{ ...element, values }]
        })
        .toSorted((a, b) => compareAddress(a.inferer, b.inferer))
      const values = computeForecastImplied(named, forecastContext)
      if (values === undefined) return []
      return [{ worker: forecaster, values, elements: named, state: entryOf(state.forecasters, forecaster) }]
    })
    .toSorted(byAddress)
  return { inferers, forecasters, initialRegret: state.initialRegret, context, forecastContext }
}

/** With one inference alone, everything is that inference. SPEC math 3.0 */
function plainOfOne({ worker, values }: Inferer): PlainValues {
  const inferers = [{ worker, values }]
  return { naive: values, inferers, forecasters: [], oneInForecasters: [], oneOutInfererForecasters: [] }
}

/** One calculation over some of the workers, with the regrets of one family. */
function calculate(
  { initialRegret, context }: Epoch,
  inferers: readonly Inferer[],
  forecasters: readonly { readonly values: Values | undefined; readonly state: ForecasterState | undefined }[],
  family: Family,
): { readonly values: Values; readonly weights: readonly number[] } {
  const members: Member[] = [
    ...inferers.map(({ values, state }) => ({
      values,
      regret: family.inferer(state) ?? initialRegret,
      isInferer: true,
    })),
    ...forecasters.map(({ values, state }) => ({
      values,
      regret: family.forecaster(state) ?? initialRegret,
      isInferer: false,
    })),
  ]
  const combined = combine(members, context)
  if (combined === undefined) throw new Error('a calculation without any weighted worker')
  return combined
}

/** SPEC math 3.4: forecasts are stripped of the withheld inferer, so its influence is gone altogether. */
function withoutInferer(epoch: Epoch, withheld: Address): Values {
  const rest = epoch.inferers.filter(({ worker }) => worker !== withheld)
  const forecasters = epoch.forecasters.map((forecaster) => ({
    values: impliedWithout(epoch, forecaster, withheld),
    state: forecaster.state,
  }))
  return calculate(epoch, rest, forecasters, {
    inferer: (state) => entryOf(state?.withoutInferer, withheld),
    forecaster: (state) => entryOf(state?.withoutInferer, withheld),
  }).values
}

/** What the forecaster implies when an inferer is withheld; the same as before where it does not speak of that inferer. */
function impliedWithout(epoch: Epoch, { elements, values }: Forecaster, withheld: Address): Values | undefined {
  const rest = elements.filter(({ inferer }) => inferer !== withheld)
  if (rest.length === elements.length || epoch.forecastContext === undefined) return values
  return computeForecastImplied(rest, epoch.forecastContext)
}

/** SPEC math 3.5 */
function oneOutForecaster(epoch: Epoch, withheld: Address): AttributedValues[number] {
  const rest = epoch.forecasters.filter(({ worker }) => worker !== withheld)
  const { values } = calculate(epoch, epoch.inferers, rest, {
    inferer: (state) => entryOf(state?.withoutForecaster, withheld),
    forecaster: (state) => entryOf(state?.withoutForecaster, withheld),
  })
  return { worker: withheld, values }
}

/** SPEC math 3.6 */
function oneInForecaster(epoch: Epoch, alone: Forecaster): AttributedValues[number] {
  const { values } = calculate(epoch, epoch.inferers, [alone], {
    inferer: (state) => entryOf(state?.withForecaster, alone.worker),
    forecaster: (state) => state?.withSelf,
  })
  return { worker: alone.worker, values }
}

/** SPEC math 3.7: forecasters outside, withheld inferers inside; cells without an element are left out. */
function oneOutMatrix(epoch: Epoch): OneOutInfererForecasterValues {
  return epoch.forecasters.flatMap((forecaster) =>
    epoch.inferers.flatMap(({ worker: withheldInferer }) => {
      const values = impliedWithout(epoch, forecaster, withheldInferer)
      return values === undefined ? [] : [{ forecaster: forecaster.worker, withheldInferer, values }]
    }),
  )
}
