import type { BacktestReport, Comparison, ModelReport } from '@starling/sdk/backtest/report'
import { formatNumber } from '../output/formatNumber.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import type { Paint } from '../output/paintFor.ts'
import { printable } from '../output/printable.ts'

/** Models shown to people; the JSON has all. */
const MOST_MODELS = 30

/** The report for people: what was read, how the network did against what, each model, and the intervals. */
export function formatBacktest(report: BacktestReport, paint: Paint): string {
  const parts = [
    formatHead(report, paint),
    formatComparison(report),
    formatVerdict(report, paint),
    formatAll(report),
    formatModels(report),
    formatPay(report),
    formatIntervals(report),
  ]
  return `${parts.filter((part) => part !== '').join('\n')}\n`
}

function formatHead(report: BacktestReport, paint: Paint): string {
  const { rows, scored, epochs, models, seconds, lossMethod, synthesis, absentCells } = report
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${count} rows: ${reason}`)
  const cells = [
    ...(absentCells.empty > 0 ? [`${absentCells.empty} empty`] : []),
    ...(absentCells.spelled > 0 ? [`${absentCells.spelled} spelled NA, NaN, null or the like`] : []),
  ]
  const lines = [
    paint('bold', printable(report.file)),
    `${scored} of ${rows} rows scored, ${epochs} epochs, ${models.length} models; loss ${lossMethod}, synthesis ${synthesis}; ${seconds.toFixed(2)} s`,
    ...(skipped.length > 0 ? [`Not scored: ${skipped.join('; ')}.`] : []),
    ...(cells.length > 0 ? [`Cells without an answer, read as absent: ${cells.join(', ')}.`] : []),
    ...report.notes.map((note) => `Note: ${printable(note)}.`),
  ]
  return `${lines.join('\n')}\n`
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

/** One sentence that says what the table says. */
function formatVerdict({ toMean, toBest, scored }: BacktestReport, paint: Paint): string {
  if (scored === 0 || toMean.ratio === null || toBest.ratio === null) return ''
  const sentence = `The network loses ${compared(toMean)} the plain mean, and ${compared(toBest)} the best single model in hindsight.`
  return `${paint(toMean.ratio <= 1 ? 'green' : 'yellow', sentence)}\n`
}

function compared({ ratio, lower, upper }: Comparison): string {
  const percent = Math.abs(100 * ((ratio ?? 1) - 1))
  const isSure = lower !== null && upper !== null && (upper < 1 || lower > 1)
  if (percent < 0.05) return 'as much as'
  const side = (ratio ?? 1) < 1 ? 'less than' : 'more than'
  return `${percent.toFixed(1)} % ${side}${isSure ? '' : ' (which may be chance)'}`
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

function formatPay({ forecasters, unpaid, edge }: BacktestReport): string {
  const earners = forecasters.map(({ name, reward }) => `${printable(name)} ${(100 * reward).toFixed(1)} %`)
  const shown = edge.shown ? 'is shown to beat' : 'is not shown to beat'
  return [
    'Earned: share of the workers’ pots by contribution pay.',
    ...(unpaid > 0.0005 ? [` ${(100 * unpaid).toFixed(1)} % stays in escrow.`] : []),
    ...(earners.length > 0 ? [` Of the forecasters’ pots: ${earners.join(', ')}.`] : []),
    `\nThe network ${shown} the best guess without a model (e-value ${formatNumber(edge.eValue)} after ${edge.n} epochs).\n`,
  ].join('')
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

function formatRatio(ratio: number | null): string {
  if (ratio === null) return '-'
  return ratio < 1000 ? ratio.toFixed(3) : formatNumber(ratio)
}
