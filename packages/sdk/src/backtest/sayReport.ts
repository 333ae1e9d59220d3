import type { BacktestReport, Comparison } from './report.ts'

/** The sentences of a report: plain text, in which names are as the table has them. */
export type ReportWords = {
  /** How much was scored, by which rules, in what time. */
  readonly summary: string
  /** What was left out or read in a way that its owner might not expect. */
  readonly remarks: readonly string[]
  /** What the comparison comes to; undefined where nothing can be compared. */
  readonly verdict: string | undefined
  /** What the shares mean, and who else earned any. */
  readonly pay: string
  readonly edge: string
}

/** Says what a report's tables do not: the same words on the command line and in the page. */
export function sayReport(report: BacktestReport): ReportWords {
  const { rows, scored, epochs, models, seconds, lossMethod, synthesis } = report
  return {
    summary: `${scored} of ${rows} rows scored, ${epochs} epochs, ${models.length} models; loss ${lossMethod}, synthesis ${synthesis}; ${seconds.toFixed(2)} s`,
    remarks: remarksOf(report),
    verdict: verdictOf(report),
    pay: payOf(report),
    edge: edgeOf(report),
  }
}

function remarksOf({ skipped, absentCells, notes }: BacktestReport): readonly string[] {
  const rows = Object.entries(skipped).map(([reason, count]) => `${count} rows: ${reason}`)
  const cells = [
    ...(absentCells.empty > 0 ? [`${absentCells.empty} empty`] : []),
    ...(absentCells.spelled > 0 ? [`${absentCells.spelled} spelled NA, NaN, null or the like`] : []),
  ]
  return [
    ...(rows.length > 0 ? [`Not scored: ${rows.join('; ')}.`] : []),
    ...(cells.length > 0 ? [`Cells without an answer, read as absent: ${cells.join(', ')}.`] : []),
    ...notes.map((note) => `Note: ${note}.`),
  ]
}

function verdictOf({ toMean, toBest, scored }: BacktestReport): string | undefined {
  if (scored === 0 || toMean.ratio === null || toBest.ratio === null) return undefined
  return `The network loses ${compared(toMean)} the plain mean, and ${compared(toBest)} the best single model in hindsight.`
}

function compared({ ratio, lower, upper }: Comparison): string {
  const percent = Math.abs(100 * ((ratio ?? 1) - 1))
  const isSure = lower !== null && upper !== null && (upper < 1 || lower > 1)
  if (percent < 0.05) return 'as much as'
  const side = (ratio ?? 1) < 1 ? 'less than' : 'more than'
  return `${percent.toFixed(1)} % ${side}${isSure ? '' : ' (which may be chance)'}`
}

function payOf({ forecasters, unpaid }: BacktestReport): string {
  const earners = forecasters.map(({ name, reward }) => `${name} ${(100 * reward).toFixed(1)} %`)
  return [
    'Earned: share of the workers’ pots by contribution pay.',
    ...(unpaid > 0.0005 ? [` ${(100 * unpaid).toFixed(1)} % stays in escrow.`] : []),
    ...(earners.length > 0 ? [` Of the forecasters’ pots: ${earners.join(', ')}.`] : []),
  ].join('')
}

function edgeOf({ edge: { shown, eValue, n } }: BacktestReport): string {
  const said = shown ? 'is shown to beat' : 'is not shown to beat'
  return `The network ${said} the best guess without a model (e-value ${Number(eValue.toPrecision(6))} after ${n} epochs).`
}
