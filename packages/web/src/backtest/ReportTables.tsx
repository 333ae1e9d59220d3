import type { BacktestReport, IntervalReport, ModelReport, SynthesisReport } from '@starling/sdk/backtest/report'
import type { ReportWords } from '@starling/sdk/backtest/sayReport'
import type { JSX } from 'preact'
import { type Column, Table } from '../parts/Table.tsx'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { formatInterval, formatRatio } from './formatRatio.ts'

const syntheses: readonly Column<SynthesisReport>[] = [
  { head: 'synthesis', sortBy: ({ synthesis }) => synthesis, cell: ({ synthesis }) => synthesis },
  { head: 'mean loss', numeric: true, sortBy: ({ loss }) => loss, cell: ({ loss }) => formatNumber(loss) },
  { head: '/ mean', numeric: true, cell: ({ toMean }) => formatRatio(toMean.ratio) },
  { head: '/ median', numeric: true, cell: ({ toMedian }) => formatRatio(toMedian.ratio) },
  { head: '/ best single', numeric: true, cell: ({ toBest }) => formatRatio(toBest.ratio) },
  { head: '95 % interval', numeric: true, cell: ({ toBest }) => formatInterval(toBest) },
]

const models: readonly Column<ModelReport>[] = [
  {
    head: 'model',
    sortBy: ({ name }) => name,
    cell: ({ name, reason }) => plainText(reason === undefined ? name : `${name} (${reason})`, 120),
  },
  { head: 'rows', numeric: true, sortBy: ({ rows }) => rows, cell: ({ rows }) => rows },
  {
    head: 'mean loss',
    numeric: true,
    sortBy: ({ loss }) => loss ?? Number.POSITIVE_INFINITY,
    cell: ({ loss }) => formatNumber(loss ?? undefined),
  },
  {
    head: 'network / it',
    numeric: true,
    sortBy: ({ ratio }) => ratio ?? -1,
    cell: ({ ratio }) => formatRatio(ratio),
  },
  {
    head: '95 % interval',
    numeric: true,
    cell: ({ ratioLower, ratioUpper }) => formatInterval({ lower: ratioLower, upper: ratioUpper }),
  },
  { head: 'weight', numeric: true, sortBy: ({ weight }) => weight, cell: ({ weight }) => weight.toFixed(3) },
  { head: 'earned', numeric: true, sortBy: ({ reward }) => reward, cell: ({ reward }) => percent(reward) },
]

const intervals: readonly Column<IntervalReport>[] = [
  { head: 'interval', cell: ({ level }) => `${100 * level} %` },
  { head: 'held the truth', numeric: true, cell: ({ hits }) => hits },
  { head: 'of', numeric: true, cell: ({ epochs }) => epochs },
  { head: 'coverage', numeric: true, cell: ({ hits, epochs }) => (epochs === 0 ? '–' : percent(hits / epochs)) },
  { head: 'mean width', numeric: true, cell: ({ meanWidth }) => formatNumber(meanWidth) },
]

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

type Props = { readonly report: BacktestReport; readonly words: ReportWords }

/** All syntheses, every model with its pay, and how often intervals held; the models that it beats by least first. */
export function ReportTables({ report, words }: Props): JSX.Element {
  const ranked = report.models.toSorted((a, b) => (b.ratio ?? -1) - (a.ratio ?? -1))
  return (
    <>
      {report.all.length === 0 ? null : (
        <Table caption="All syntheses" columns={syntheses} rows={report.all} keyOf={({ synthesis }) => synthesis} />
      )}
      <Table caption="Models" columns={models} rows={ranked} keyOf={({ name }) => name} />
      <p>{plainText(words.pay, 600)}</p>
      <p>{words.edge}</p>
      {report.intervals.length === 0 ? null : (
        <Table
          caption="How often intervals held the truth"
          columns={intervals}
          rows={report.intervals}
          keyOf={({ level }) => String(level)}
        />
      )}
    </>
  )
}
