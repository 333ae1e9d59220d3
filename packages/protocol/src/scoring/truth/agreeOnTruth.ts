import { outputKindOf } from '../losses/outputKindOf.ts'
import type { Address, TopicPolicy } from '../types.ts'

/** One revealed truth with its eligible stake in uallo. */
export type TruthReport = { readonly reputer: Address; readonly value: number; readonly stake: bigint }
/** The agreed truth, or why there is none. */
export type TruthAgreement =
  | { readonly contested: false; readonly truth: number }
  | { readonly contested: true; readonly reason: string }

const sumStake = (reports: readonly TruthReport[]): bigint => reports.reduce((sum, r) => sum + r.stake, 0n)

/** Smallest value at which Σ min(3·stake, S) reaches half of its total: weights tripled to stay exact. */
function weightedMedian(reports: readonly TruthReport[], total: bigint): number | null {
  const weightOf = (r: TruthReport): bigint => (3n * r.stake < total ? 3n * r.stake : total)
  const weights = reports.reduce((sum, r) => sum + weightOf(r), 0n)
  let reached = 0n
  for (const r of reports.toSorted((a, b) => a.value - b.value)) {
    reached += weightOf(r)
    if (2n * reached >= weights) return r.value
  }
  return null
}

/** Agreed truth of one epoch: capped-stake lower weighted median, or the majority label or event. SPEC VT-3 */
export function agreeOnTruth(policy: TopicPolicy, reports: readonly TruthReport[]): TruthAgreement {
  const total = sumStake(reports)
  if (reports.length < policy.minReputers) return { contested: true, reason: 'too few reputers' }
  if (total < policy.minStake) return { contested: true, reason: 'too little stake' }
  const kind = outputKindOf(policy)
  const discrete = kind === 'labels' || kind === 'probability'
  const near = (truth: number): bigint =>
    sumStake(reports.filter((r) => (discrete ? r.value === truth : Math.abs(r.value - truth) <= policy.tolerance)))
  const truth = discrete
    ? (reports.find((r) => 2n * near(r.value) > total)?.value ?? null)
    : weightedMedian(reports, total)
  if (truth === null || 2n * near(truth) <= total) return { contested: true, reason: 'no majority agrees' }
  return { contested: false, truth }
}
