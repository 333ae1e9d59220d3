import type { BacktestReport, Comparison, ModelReport } from '@starling/sdk/backtest/report'
import { type ReportWords, sayReport } from '@starling/sdk/backtest/sayReport'
import { formatNumber } from '../output/formatNumber.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import type { Paint } from '../output/paintFor.ts'
import { printable } from '../output/printable.ts'

/** Models shown to people; the JSON has all. */
const MOST_MODELS = 30

/** The report for people: what was read, how the network did against what, each model, and the intervals. */
export function formatBacktest(report: BacktestReport, paint: Paint): string {
  const words = sayReport(report)
  const parts = [
    formatHead(report, words, paint),
    formatComparison(report),
    formatVerdict(report, words, paint),
    formatAll(report),
    formatModels(report),
    `${printable(words.pay)}\n${words.edge}\n`,
    formatIntervals(report),
  ]
  return `${parts.filter((part) => part !== '').join('\n')}\n`
}

function formatHead({ file }: BacktestReport, { summary, remarks }: ReportWords, paint: Paint): string {
  return `${[paint('bold', printable(file)), summary, ...remarks.map(printable)].join('\n')}\n`
}

function formatComparison({ loss, bestModel, toMean, toMedian, toBest }: BacktestReport): string {
  const best = bestModel === null ? 'best single model' : `best single model: ${printable(bestModel)}`
  return formatTable(
    [{ head: '' }, ...numbers('mean loss', 'network / it', '95 % interval')],
    [
      ['network', formatNumber(loss.network), '', ''],
      ['plain mean', formatNumber(loss.mean), ...cellsOf(toMean)],
      ['median', formatNumber(loss.median), ...cellsOf(toMedian)],
      [best, formatNumber(loss.bestModel), ...cellsOf(toBest)],
    ],
  )
}

function formatVerdict({ toMean }: BacktestReport, { verdict }: ReportWords, paint: Paint): string {
  return verdict === undefined ? '' : `${paint((toMean.ratio ?? 1) <= 1 ? 'green' : 'yellow', verdict)}\n`
}

function formatAll({ all }: BacktestReport): string {
  if (all.length === 0) return ''
  return formatTable(
    [{ head: 'synthesis' }, ...numbers('mean loss', '/ mean', '/ median', '/ best single', '95 % interval')],
    all.map(({ synthesis, loss, toMean, toMedian, toBest }) => [
      synthesis,
      formatNumber(loss),
      formatRatio(toMean.ratio),
      formatRatio(toMedian.ratio),
      ...cellsOf(toBest),
    ]),
  )
}

function formatModels({ models }: BacktestReport): string {
  const ranked = models.toSorted((a, b) => (b.ratio ?? -1) - (a.ratio ?? -1))
  const table = formatTable(
    [{ head: 'model' }, ...numbers('rows', 'mean loss', 'network / it', '95 % interval', 'weight', 'earned')],
    ranked.slice(0, MOST_MODELS).map(formatModel),
  )
  const more = models.length - MOST_MODELS
  return more > 0 ? `${table}… and ${more} more; --json lists all.\n` : table
}

function formatModel({
  name,
  rows,
  loss,
  ratio,
  ratioLower,
  ratioUpper,
  weight,
  reward,
  reason,
}: ModelReport): string[] {
  const shown = printable(name)
  const interval = cellsOf({ ratio, lower: ratioLower, upper: ratioUpper })
  const earned = `${(100 * reward).toFixed(1)} %`
  return [
    reason === undefined ? shown : `${shown} (${reason})`,
    String(rows),
    formatNumber(loss),
    ...interval,
    weight.toFixed(3),
    earned,
  ]
}

function formatIntervals({ intervals }: BacktestReport): string {
  if (intervals.length === 0) return ''
  return formatTable(
    [{ head: 'interval' }, ...numbers('held the truth', 'of', 'coverage', 'mean width')],
    intervals.map(({ level, hits, epochs, meanWidth }) => [
      `${100 * level} %`,
      String(hits),
      String(epochs),
      epochs === 0 ? '-' : `${((100 * hits) / epochs).toFixed(1)} %`,
      formatNumber(meanWidth),
    ]),
  )
}

function numbers(...heads: readonly string[]): readonly Column[] {
  return heads.map((head) => ({ head, align: 'right' }))
}

function cellsOf({ ratio, lower, upper }: Comparison): readonly [string, string] {
  return [formatRatio(ratio), lower === null || upper === null ? '-' : `${formatRatio(lower)} to ${formatRatio(upper)}`]
}

/** Below it three decimals say next to nothing. */
const LEAST_FIXED = 0.01

function formatRatio(ratio: number | null): string {
  if (ratio === null) return '-'
  return ratio === 0 || (ratio >= LEAST_FIXED && ratio < 1000) ? ratio.toFixed(3) : formatNumber(ratio)
}
