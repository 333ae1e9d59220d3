import { tabulate } from '../../num/tabulate.ts'
import { flushTiny } from '../flushTiny.ts'
import type { BoaState, FixedShareState, GuardState, MlPolyState, RecentState, TowerState } from './towerTypes.ts'

/** The list itself where nothing in it is tiny. */
function flush(values: readonly number[]): readonly number[] {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0
    if (!Object.is(flushTiny(value), value)) return tabulate(values.length, (k) => flushTiny(values[k] ?? 0))
  }
  return values
}

/** The layers with every number that is closer to zero than a stored one may be at 0. SPEC GR-1 */
export function tidy(layers: TowerState['layers']): TowerState['layers'] {
  const rules = { mlPoly: tidyMlPoly(layers.mlPoly), boa: tidyBoa(layers.boa) }
  if (layers.kind === 'labels') return { ...layers, ...rules }
  const both = {
    fixedShare: tidyShare(layers.fixedShare),
    second: tidyBoa(layers.second),
    guard: tidyGuard(layers.guard),
  }
  if (layers.kind === 'point') {
    const { ridge, regret } = layers
    return {
      ...layers,
      ...rules,
      ...both,
      ridge: { ...ridge, ...tidyEquations(ridge), trace: flushTiny(ridge.trace) },
      regret: { ...regret, regrets: flush(regret.regrets), initial: flushTiny(regret.initial) },
    }
  }
  const { recent, byKey, correction } = layers
  return {
    ...layers,
    ...rules,
    ...both,
    recent: tidyRecent(recent),
    byKey: { ...byKey, common: tidyRecent(byKey.common), own: byKey.own.map(tidyRecent) },
    correction: {
      ...correction,
      ...tidyEquations(correction),
      powers: flush(correction.powers),
      unit: flushTiny(correction.unit),
      errors: correction.errors.map(flush),
    },
  }
}

function tidyMlPoly(state: MlPolyState): MlPolyState {
  return { ...state, regrets: flush(state.regrets), largest: flushTiny(state.largest) }
}

function tidyBoa({ variances, sums }: BoaState): BoaState {
  return { variances: flush(variances), sums: flush(sums) }
}

function tidyShare(state: FixedShareState): FixedShareState {
  return { ...state, losses: flush(state.losses), regretSum: flushTiny(state.regretSum) }
}

function tidyGuard(state: GuardState): GuardState {
  return { ...state, records: flush(state.records), spread: flushTiny(state.spread) }
}

function tidyRecent({ losses, counts }: RecentState): RecentState {
  return { losses: flush(losses), counts: flush(counts) }
}

type Equations = {
  readonly moments: readonly { readonly matrix: readonly (readonly number[])[]; readonly vector: readonly number[] }[]
  readonly coefficients: readonly (readonly number[])[]
  readonly losses: readonly number[]
}

function tidyEquations({ moments, coefficients, losses }: Equations): Equations {
  return {
    moments: moments.map(({ matrix, vector }) => ({ matrix: matrix.map(flush), vector: flush(vector) })),
    coefficients: coefficients.map(flush),
    losses: flush(losses),
  }
}
