import type { Params } from '../../gen/emissions/v9/params_pb.ts'
import { ema } from '../../num/ema.ts'
import { exp, expm1, ln, log1p } from '../../num/exp.ts'
import { readDecimal } from '../../num/readDecimal.ts'

/** What a topic's weight is made of; stake and revenue in uallo. */
export type WeightInput = {
  readonly stake: bigint
  readonly revenue: bigint
  /** Weight at the last churn, null before the first. */
  readonly previous: number | null
  /** In blocks. */
  readonly epochLength: bigint
  readonly params: Params
}

/** stake^μ · revenue^ν, smoothed by an α that is meant per week. Without revenue: 0. SPEC lifecycle 3.5, ADR 009 */
export function computeTopicWeight({ stake, revenue, previous, epochLength, params }: WeightInput): number {
  if (revenue === 0n) return 0
  const target =
    power(Number(stake), readDecimal(params.topicRewardStakeImportance)) *
    power(Number(revenue), readDecimal(params.topicRewardFeeRevenueImportance))
  const weeks = Number(epochLength) / blocksPerWeek(params)
  const alpha = -expm1(weeks * log1p(-readDecimal(params.topicRewardAlpha)))
  return ema(alpha, target, previous)
}

/** Blocks of a month over 4.345. SPEC lifecycle 0.3 */
function blocksPerWeek({ blocksPerMonth }: Params): number {
  return Number(blocksPerMonth) / 4.345
}

/** x^p for x ≥ 0; the usual half is an exact square root. */
function power(x: number, p: number): number {
  if (p === 0.5) return Math.sqrt(x)
  if (p === 0) return 1
  return x === 0 ? 0 : exp(p * ln(x))
}
