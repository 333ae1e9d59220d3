import { exp, ln } from '../../../num/exp.ts'
import type { BoaState, PerMember } from '../towerTypes.ts'

const VARIANCE_FACTOR = 2.2

/** Nothing known of `count` experts. */
export function newBoa(count: number): BoaState {
  const none = Array.from({ length: count }, () => 0)
  return { variances: none, sums: none }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignBoa({ variances, sums }: BoaState, from: readonly number[]): BoaState {
  return { variances: from.map((i) => variances[i] ?? 0), sums: from.map((i) => sums[i] ?? 0) }
}

/** η·e^(η·S) with η = 1/√V, the mean over the known 1; newcomers weigh 1. Wintenberger 2017 */
export function boaWeights({ variances, sums }: BoaState): PerMember {
  const logs = variances.map((v, j) => (v > 0 ? ln(1 / Math.sqrt(v)) + (sums[j] ?? 0) / Math.sqrt(v) : null))
  let known = 0
  let most = Number.NEGATIVE_INFINITY
  for (const log of logs) {
    if (log === null) continue
    known += 1
    most = Math.max(most, log)
  }
  if (known === 0) return variances.map(() => 1)
  const raw = logs.map((log) => (log === null ? null : exp(log - most)))
  let total = 0
  for (const weight of raw) total += weight ?? 0
  return raw.map((weight) => (weight === null ? 1 : (weight / total) * known))
}

/** Adds the regrets r: V += 2.2·r², then S += r − r²/√V. */
export function learnBoa(state: BoaState, r: readonly number[]): BoaState {
  return learnBoaRows(state, { sums: r, squares: r.map((one) => one * one) })
}

/** The same from the sums of several lessons' regrets and of their squares. */
export function learnBoaRows(
  state: BoaState,
  { sums, squares }: { readonly sums: readonly number[]; readonly squares: readonly number[] },
): BoaState {
  const variances = state.variances.map((v, j) => v + VARIANCE_FACTOR * (squares[j] ?? 0))
  return {
    variances,
    sums: state.sums.map((sum, j) => {
      const v = variances[j] ?? 0
      return v > 0 ? sum + ((sums[j] ?? 0) - (squares[j] ?? 0) / Math.sqrt(v)) : sum
    }),
  }
}
