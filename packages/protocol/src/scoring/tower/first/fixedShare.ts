import { exp } from '../../../num/exp.ts'
import type { LearntCell } from '../cells/cell.ts'
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
  const pairs = Array.from({ length: shares.length * rates })
  const best = Math.floor(rates / 2)
  return { weights: pairs.map(() => []), losses: pairs.map(() => 0), best, regretSum: 0, lessons: 0 }
}

/** The state over another list of members: a newcomer takes an equal part, the others keep their proportions. */
export function alignFixedShare(state: FixedShareState, from: readonly number[]): FixedShareState {
  const fresh = from.filter((i) => i < 0).length
  const equal = 1 / from.length
  const weights = state.weights.map((old) => {
    const kept = from.map((i) => (i < 0 ? 0 : (old[i] ?? 0)))
    const total = kept.reduce((a, b) => a + b, 0)
    if (!(total > 0)) return from.map(() => equal)
    const factor = (1 - fresh * equal) / total
    return kept.map((weight, j) => ((from[j] ?? -1) < 0 ? equal : weight * factor))
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
  const losses: number[] = []
  const weights = state.weights.map((own, pair) => {
    const { regrets, mean } = lessonOf(own, loss, cells)
    losses.push(grid.memory * (state.losses[pair] ?? 0) + mean)
    if (unit === 0) return own
    return share(own, regrets, unit * rateOf(grid, pair % grid.rates), grid.shares[Math.floor(pair / grid.rates)] ?? 0)
  })
  let best = 0
  for (const [pair, total] of losses.entries()) if (total < (losses[best] ?? 0)) best = pair
  return { weights, losses, best, regretSum, lessons }
}

function rateOf({ slowest }: ShareGrid, k: number): number {
  let rate = slowest
  for (let i = 0; i < k; i += 1) rate *= 2
  return rate
}

function lessonOf(own: PerMember, loss: PointLoss, cells: readonly LearntCell[]): { regrets: number[]; mean: number } {
  const regrets = own.map(() => 0)
  let lost = 0
  for (const { x, awake, truth, scale, tau } of cells) {
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
  return { regrets: regrets.map((total) => total / cells.length), mean: lost / cells.length }
}

function share(own: PerMember, regrets: readonly number[], rate: number, alpha: number): PerMember {
  let most = Number.NEGATIVE_INFINITY
  for (const regret of regrets) most = Math.max(most, regret)
  const grown = own.map((weight, j) => weight * exp(rate * ((regrets[j] ?? 0) - most)))
  let total = 0
  for (const weight of grown) total += weight
  return grown.map((weight) => ((1 - alpha) * weight) / total + alpha / own.length)
}
