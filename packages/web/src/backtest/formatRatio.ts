import type { Comparison } from '@starling/sdk/backtest/report'
import { formatNumber } from '../text/formatNumber.ts'

/** A ratio of losses for people: three decimals; a dash where there is none. */
export function formatRatio(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return '–'
  return ratio < 1000 ? ratio.toFixed(3) : formatNumber(ratio)
}

/** The interval of a ratio. */
export function formatInterval({ lower, upper }: Pick<Comparison, 'lower' | 'upper'>): string {
  return lower === null || upper === null ? '–' : `${formatRatio(lower)} to ${formatRatio(upper)}`
}
