import type { Comparison } from '@starling/sdk/backtest/report'

/** One sentence about a difference of losses: sure only where its interval lies on one side of nothing. */
export function verdictOf({ ratio, lower, upper }: Comparison, [a, b]: readonly [a: string, b: string]): string {
  if (ratio === null || ratio === 0) return `${begin(a)} and ${b} lost the same.`
  const sentence = `${begin(a)} lost ${ratio < 0 ? 'less' : 'more'} than ${b}`
  const isSure = lower !== null && upper !== null && (upper < 0 || lower > 0)
  return isSure ? `${sentence}.` : `${sentence}, which may be chance.`
}

function begin(name: string): string {
  return name.startsWith('the ') ? `T${name.slice(1)}` : name
}
