import { exp } from '../../../num/exp.ts'
import { boaWeights } from '../first/boa.ts'
import { mlPolyWeights } from '../first/mlPoly.ts'
import { type Pool, poolByWeights, poolWithoutEach } from '../first/pool.ts'
import type { LabelState, PerMember } from '../towerTypes.ts'
import { type LabelCell, normalized } from './labelCell.ts'
import { bayesWeights } from './labelLayers.ts'

/** What the layers say of one row; lists of layers hold a probability for each label. */
export type LabelPools = {
  readonly layers: readonly (readonly number[])[]
  /** Mean logarithm of each label's probability. */
  readonly logs: readonly number[]
  /** Shares of the members by layer. */
  readonly shares: readonly (readonly number[])[]
  /** `layers` without each member in turn; empty unless asked for. */
  readonly without: readonly (readonly (readonly number[])[])[]
}

/** The first layer over one row. */
export function poolLabels(state: LabelState, { linear, logs }: LabelCell, oneOut: boolean): LabelPools {
  const equal = state.bayes.map(() => 1)
  const weighted = [equal, bayesWeights(state.bayes), boaWeights(state.boa), mlPolyWeights(state.mlPoly)]
  const pools = weighted.map((weights) => linear.map((cell) => poolByWeights(weights, cell)))
  const geo = logs.map((cell) => poolByWeights(equal, cell))
  const shareOf = (by: readonly Pool[] | undefined): PerMember => by?.[0]?.shares ?? []
  const arrange = (of: (pool: number, label: number) => number, log: (label: number) => number) => {
    const labels = linear.map((_, label) => label)
    const [mean = [], bayes = [], boa = [], mlPoly = []] = pools.map((_, pool) =>
      normalized(labels.map((label) => of(pool, label))),
    )
    const logMeans = labels.map(log)
    return [mean, softmax(logMeans, 1), softmax(logMeans, state.exponent), bayes, boa, mlPoly]
  }
  const mean = shareOf(pools[0])
  const shares = [mean, mean, mean, shareOf(pools[1]), shareOf(pools[2]), shareOf(pools[3])]
  const layers = arrange(
    (pool, label) => pools[pool]?.[label]?.value ?? 0,
    (label) => geo[label]?.value ?? 0,
  )
  const logMeans = geo.map(({ value }) => value)
  if (!oneOut) return { layers, logs: logMeans, shares, without: [] }
  const outs = pools.map((by) => by.map((pool, label) => poolWithoutEach(pool, linear[label] ?? EMPTY)))
  const logOuts = geo.map((pool, label) => poolWithoutEach(pool, logs[label] ?? EMPTY))
  const without = mean.map((_, j) =>
    arrange(
      (pool, label) => outs[pool]?.[label]?.[j] ?? 0,
      (label) => logOuts[label]?.[j] ?? 0,
    ),
  )
  return { layers, logs: logMeans, shares, without }
}

const EMPTY = { x: [], awake: [], count: 1, scale: 1, tau: 0.5, key: '' }

/** Probabilities ∝ e^(a·z). */
function softmax(z: readonly number[], a: number): readonly number[] {
  const most = z.reduce((top, one) => Math.max(top, a * one), Number.NEGATIVE_INFINITY)
  const raw = z.map((one) => exp(a * one - most))
  const total = raw.reduce((sum, one) => sum + one, 0)
  return normalized(raw.map((one) => one / total))
}
