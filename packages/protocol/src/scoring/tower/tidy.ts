import { flushTiny } from '../flushTiny.ts'
import type { LabelState, PointState } from './towerTypes.ts'

const flush = (values: readonly number[]): readonly number[] => values.map(flushTiny)

/** The layers with every number that is closer to zero than a stored one may be at 0. SPEC GR-1 */
export function tidy(layers: PointState | LabelState): PointState | LabelState {
  const { mlPoly, boa } = layers
  const regrets = {
    mlPoly: { ...mlPoly, regrets: flush(mlPoly.regrets), largest: flushTiny(mlPoly.largest) },
    boa: { variances: flush(boa.variances), sums: flush(boa.sums) },
  }
  if (layers.kind === 'labels') return { ...layers, ...regrets }
  const { fixedShare, ridge, regret, second, guard } = layers
  return {
    ...layers,
    ...regrets,
    fixedShare: { ...fixedShare, losses: flush(fixedShare.losses), regretSum: flushTiny(fixedShare.regretSum) },
    ridge: {
      ...ridge,
      moments: ridge.moments.map(({ matrix, vector }) => ({ matrix: matrix.map(flush), vector: flush(vector) })),
      coefficients: ridge.coefficients.map(flush),
      losses: flush(ridge.losses),
      trace: flushTiny(ridge.trace),
    },
    regret: { ...regret, regrets: flush(regret.regrets), initial: flushTiny(regret.initial) },
    second: { variances: flush(second.variances), sums: flush(second.sums) },
    guard: { ...guard, records: flush(guard.records), spread: flushTiny(guard.spread) },
  }
}
