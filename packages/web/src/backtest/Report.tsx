import { namedSeries } from '@starling/sdk/backtest/namedSeries'
import type { BacktestReport, RunningLoss } from '@starling/sdk/backtest/report'
import { sayReport } from '@starling/sdk/backtest/sayReport'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { Chart } from '../parts/Chart.tsx'
import type { ChartData } from '../parts/chartData.ts'
import { download } from '../parts/download.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { Comparisons } from './Comparisons.tsx'
import { ReportTables } from './ReportTables.tsx'
import type { Run } from './useBacktest.ts'

type Props = { readonly run: Extract<Run, { kind: 'done' }>; readonly downloadAnswers: () => void }

/** What a backtest found: the words, tables and plot of `starling backtest`. */
export function Report({ run: { report, running, kept }, downloadAnswers }: Props): JSX.Element {
  const words = sayReport(report)
  const chart = useMemo(() => toChart(report, running), [report, running])
  return (
    <section aria-labelledby="report">
      <h2 id="report">{plainText(report.file, 80)}</h2>
      <p class="quiet">{words.summary}</p>
      {words.remarks.map((remark) => (
        <p key={remark} class="quiet">
          {plainText(remark, 600)}
        </p>
      ))}
      <p class="choices">
        {kept ? (
          <button type="button" onClick={downloadAnswers}>
            Download answers, intervals and weights as CSV
          </button>
        ) : null}{' '}
        <button type="button" onClick={() => download('report.json', jsonOf(report))}>
          Download the report as JSON
        </button>
      </p>
      {words.verdict === undefined ? null : <p class="verdict">{words.verdict}</p>}
      <Comparisons report={report} />
      {report.epochs > 1 ? <Chart label={labelOf(report)} data={chart} file={`${report.file}-losses.csv`} /> : null}
      <ReportTables report={report} words={words} />
    </section>
  )
}

function labelOf({ lossMethod, loss }: BacktestReport): string {
  return `Mean loss (${lossMethod}) up to each epoch; at the end ${formatNumber(loss.network ?? undefined)} of the network, ${formatNumber(loss.mean ?? undefined)} of the plain mean`
}

/** The document that `--json` prints. */
function jsonOf(report: BacktestReport): Blob {
  return new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' })
}

/** Running losses, without the first of them, whose swings would hide everything after. */
function toChart(report: BacktestReport, running: RunningLoss): ChartData {
  const series = namedSeries(report, running, Number.POSITIVE_INFINITY)
  const at = series[0]?.points.map(([epoch]) => epoch) ?? []
  return {
    axis: 'epoch',
    at,
    lines: series.map(({ name, points }) => ({ name, values: points.map(([, loss]) => loss) })),
  }
}
