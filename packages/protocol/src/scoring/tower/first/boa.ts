import { exp, ln } from '../../../num/exp.ts'
import { tabulate } from '../../../num/tabulate.ts'
import { pick } from '../cells/pick.ts'
import type { BoaState, PerMember } from '../towerTypes.ts'

const VARIANCE_FACTOR = 2.2

/** Nothing known of `count` experts. */
export function newBoa(count: number): BoaState {
  const none = tabulate(count, () => 0)
  return { variances: none, sums: none }
}

/** The state over another list of members; `from` names the old index of each, or −1. */
export function alignBoa({ variances, sums }: BoaState, from: readonly number[]): BoaState {
  return { variances: pick(variances, from), sums: pick(sums, from) }
}

/** η·e^(η·S) with η = 1/√V, the mean over the known 1; newcomers weigh 1. Wintenberger 2017 */
export function boaWeights({ variances, sums }: BoaState): PerMember {
  const n = variances.length
  let known = 0
  let most = Number.NEGATIVE_INFINITY
  const weights: number[] = []
  for (let j = 0; j < n; j += 1) {
    const v = variances[j] ?? 0
    if (!(v > 0)) {
      weights.push(1)
      continue
    }
    const log = ln(1 / Math.sqrt(v)) + (sums[j] ?? 0) / Math.sqrt(v)
    known += 1
    most = Math.max(most, log)
    weights.push(log)
  }
  if (known === 0) return weights
  let total = 0
  for (let j = 0; j < n; j += 1) {
    if (!((variances[j] ?? 0) > 0)) continue
    const weight = exp((weights[j] ?? 0) - most)
    total += weight
    weights[j] = weight
  }
  for (let j = 0; j < n; j += 1) if ((variances[j] ?? 0) > 0) weights[j] = ((weights[j] ?? 0) / total) * known
  return weights
}

/** Adds the regrets r: V += 2.2·r², then S += r − r²/√V. */
export function learnBoa(state: BoaState, r: readonly number[]): BoaState {
  return learnBoaRows(state, { sums: r, squares: tabulate(r.length, (j) => (r[j] ?? 0) * (r[j] ?? 0)) })
}

/** The same from the sums of several lessons' regrets and of their squares. */
export function learnBoaRows(
  state: BoaState,
  { sums, squares }: { readonly sums: readonly number[]; readonly squares: readonly number[] },
): BoaState {
  const n = state.variances.length
  const variances = tabulate(n, (j) => (state.variances[j] ?? 0) + VARIANCE_FACTOR * (squares[j] ?? 0))
  return {
    variances,
    sums: tabulate(n, (j) => {
      const v = variances[j] ?? 0
      const sum = state.sums[j] ?? 0
      return v > 0 ? sum + ((sums[j] ?? 0) - (squares[j] ?? 0) / Math.sqrt(v)) : sum
    }),
  }
}
