import { exp } from '../../../num/exp.ts'
import { tabulate } from '../../../num/tabulate.ts'
import type { LearntCell } from '../cells/cell.ts'
import { pick } from '../cells/pick.ts'
import type { PointLoss } from '../cells/pointLoss.ts'
import type { FixedShareState, PerMember } from '../towerTypes.ts'

/** Pairs of a share and a rate, of which the best so far leads. */
export type ShareGrid = {
  readonly shares: readonly number[]
  /** How many rates, each twice the one before. */
  readonly rates: number
  /** The smallest rate, in units of the inverse mean absolute regret. */
  readonly slowest: number
  /** Factor of the losses so far before a lesson adds its own. */
  readonly memory: number
}

/** The grid of the reference programs. */
export const WIDE_GRID: ShareGrid = { shares: [1e-4, 1e-3, 1e-2, 1e-1], rates: 25, slowest: 1 / 16384, memory: 1 }
/** A smaller one, whose leader may change. */
export const SMALL_GRID: ShareGrid = { shares: [1e-3, 1e-2, 1e-1], rates: 12, slowest: 1 / 32, memory: 0.99 }
/** Keeps the rates finite where regrets are next to nothing. */
const STEEPEST = 1e290

/** Nothing known: the first share and the middle rate lead. */
export function newFixedShare({ shares, rates }: ShareGrid): FixedShareState {
  const pairs = tabulate(shares.length * rates, () => 0)
  const best = Math.floor(rates / 2)
  return { weights: pairs.map(() => []), losses: pairs, best, regretSum: 0, lessons: 0 }
}

/** The state over another list of members: a newcomer takes an equal part, the others keep their proportions. */
export function alignFixedShare(state: FixedShareState, from: readonly number[]): FixedShareState {
  const fresh = from.filter((i) => i < 0).length
  const equal = 1 / from.length
  const weights = state.weights.map((old) => {
    const kept = pick(old, from)
    const total = kept.reduce((a, b) => a + b, 0)
    if (!(total > 0)) return tabulate(from.length, () => equal)
    const factor = (1 - fresh * equal) / total
    return tabulate(kept.length, (j) => ((from[j] ?? -1) < 0 ? equal : (kept[j] ?? 0) * factor))
  })
  return { ...state, weights }
}

/** The leading pair's weights. */
export function fixedShareWeights({ weights, best }: FixedShareState): PerMember {
  return weights[best] ?? []
}

/**
 * For each pair: loss += mean loss of its prediction; w ∝ w·e^(η·r), then (1 − α)·w + α/N. The rates are a grid around
 * the inverse of the mean absolute regret of the prediction that was given. Herbster & Warmuth 1998
 */
export function learnFixedShare(
  grid: ShareGrid,
  state: FixedShareState,
  loss: PointLoss,
  cells: readonly LearntCell[],
  r: readonly number[],
): FixedShareState {
  const seen = r.filter((_, j) => cells.some(({ awake }) => awake[j]))
  const size = seen.reduce((total, one) => total + Math.abs(one), 0) / seen.length
  const regretSum = state.regretSum + size
  const lessons = state.lessons + 1
  const unit = regretSum > 0 ? Math.min(lessons / regretSum, STEEPEST) : 0
  // determinism-allow: a list of numbers, whose bytes nobody looks at
  const regrets = new Float64Array(r.length)
  const losses: number[] = []
  const weights = state.weights.map((own, pair) => {
    losses.push(grid.memory * (state.losses[pair] ?? 0) + lessonOf(own, loss, cells, regrets))
    if (unit === 0) return own
    return share(own, regrets, unit * rateOf(grid, pair % grid.rates), grid.shares[Math.floor(pair / grid.rates)] ?? 0)
  })
  let best = 0
  for (let pair = 1; pair < losses.length; pair += 1) if ((losses[pair] ?? 0) < (losses[best] ?? 0)) best = pair
  return { weights, losses, best, regretSum, lessons }
}

function rateOf({ slowest }: ShareGrid, k: number): number {
  let rate = slowest
  for (let i = 0; i < k; i += 1) rate *= 2
  return rate
}

/** Mean loss of a pair's prediction over the cells; its mean regrets are left in `regrets`. */
function lessonOf(own: PerMember, loss: PointLoss, cells: readonly LearntCell[], regrets: Float64Array): number {
  regrets.fill(0)
  let lost = 0
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i]
    if (cell === undefined) continue
    const { x, awake, truth, scale, tau } = cell
    let value = 0
    let total = 0
    for (let j = 0; j < own.length; j += 1) {
      if (!awake[j]) continue
      value += (own[j] ?? 0) * (x[j] ?? 0)
      total += own[j] ?? 0
    }
    const prediction = value / Math.max(total, 1e-300)
    lost += loss.value(prediction, truth, scale, tau)
    const slope = loss.slope(prediction, truth, scale, tau)
    for (let j = 0; j < own.length; j += 1)
      if (awake[j]) regrets[j] = (regrets[j] ?? 0) + slope * (prediction - (x[j] ?? 0))
  }
  for (let j = 0; j < own.length; j += 1) regrets[j] = (regrets[j] ?? 0) / cells.length
  return lost / cells.length
}

function share(own: PerMember, regrets: Float64Array, rate: number, alpha: number): PerMember {
  let most = Number.NEGATIVE_INFINITY
  for (let j = 0; j < regrets.length; j += 1) most = Math.max(most, regrets[j] ?? 0)
  const grown = own.slice()
  let total = 0
  for (let j = 0; j < grown.length; j += 1) {
    const weight = (grown[j] ?? 0) * exp(rate * ((regrets[j] ?? 0) - most))
    grown[j] = weight
    total += weight
  }
  const equal = alpha / own.length
  for (let j = 0; j < grown.length; j += 1) grown[j] = ((1 - alpha) * (grown[j] ?? 0)) / total + equal
  return grown
}
