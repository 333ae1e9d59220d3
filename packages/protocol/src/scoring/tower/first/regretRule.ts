import { exp, log10 } from '../../../num/exp.ts'
import { quantile } from '../../../num/quantile.ts'
import { sampleStandardDeviation } from '../../../num/sampleStandardDeviation.ts'
import type { LearntCell } from '../cells/cell.ts'
import type { PerMember, RegretState } from '../towerTypes.ts'

/** Memory of the regrets, slope and place of the potential, and the least scale: the defaults of a topic. */
const ALPHA = 0.1
const C = 0.75
const EPSILON = 0.01
const SMALLEST = 1e-12

/** Nothing known. */
export function newRegretRule(): RegretState {
  return { regrets: [], lessons: [], initial: 0 }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignRegretRule({ regrets, lessons, initial }: RegretState, from: readonly number[]): RegretState {
  return { regrets: from.map((i) => regrets[i] ?? 0), lessons: from.map((i) => lessons[i] ?? 0), initial }
}

function knownRegrets({ regrets, lessons, initial }: RegretState): PerMember {
  return regrets.map((regret, j) => ((lessons[j] ?? 0) > 0 ? regret : initial))
}

/** Weights of the awake members (p = slope of the potential), 0 for the others; all 1 while everybody is new. SPEC math 1.3 */
export function regretRuleWeights(state: RegretState, awake: readonly boolean[], p: number): PerMember {
  if (!state.lessons.some((count) => count > 0)) return awake.map((is) => (is ? 1 : 0))
  const known = knownRegrets(state)
  const heard = known.filter((_, j) => awake[j])
  const scale = populationScale(heard) + EPSILON
  const most = heard.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) / scale
  const shift = most < C - 8.25 / p ? C - 8.25 / p - most : 0
  return known.map((regret, j) => {
    if (!awake[j]) return 0
    const x = Math.min(regret / scale, C + 6.75 / p) + shift
    if (x < C - 17.25 / p) return 0
    return p / (exp(Math.max(-700, Math.min(700, p * (C - x)))) + 1)
  })
}

function populationScale(regrets: readonly number[]): number {
  return regrets.length === 1 ? 0 : sampleStandardDeviation(regrets)
}

/** Averages regrets of log10 losses; `losses` are the members' mean losses (null asleep), `own` that of the rule. */
export function learnRegretRule(
  state: RegretState,
  losses: readonly (number | null)[],
  own: number,
  p: number,
): RegretState {
  const network = log10(Math.max(own, SMALLEST))
  const regrets = knownRegrets(state).map((before, j) => {
    const loss = losses[j] ?? null
    if (loss === null) return state.regrets[j] ?? 0
    return (1 - ALPHA) * before + ALPHA * (network - log10(Math.max(loss, SMALLEST)))
  })
  const lessons = state.lessons.map((count, j) => count + ((losses[j] ?? null) === null ? 0 : 1))
  const old = regrets.filter((_, j) => (losses[j] ?? null) !== null && (lessons[j] ?? 0) >= 1 / ALPHA)
  const initial =
    old.length > 1 ? quantile(old, 0.25) + (C - 8.25 / p) * (sampleStandardDeviation(old) + EPSILON) : state.initial
  return { regrets, lessons, initial }
}

/** Mean loss of each member over the cells in which it was awake; null where it was in none. */
export function memberLosses(
  cells: readonly LearntCell[],
  lossOf: (cell: LearntCell, x: number, member: number) => number,
): readonly (number | null)[] {
  return (cells[0]?.x ?? []).map((_, j) => {
    let total = 0
    let count = 0
    for (const cell of cells) {
      if (!cell.awake[j]) continue
      total += lossOf(cell, cell.x[j] ?? 0, j)
      count += 1
    }
    return count > 0 ? total / count : null
  })
}
