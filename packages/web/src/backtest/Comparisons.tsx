import type { BacktestReport, Comparison } from '@starling/sdk/backtest/report'
import type { JSX } from 'preact'
import { type Column, Table } from '../parts/Table.tsx'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { formatInterval, formatRatio } from './formatRatio.ts'

type Row = { readonly name: string; readonly loss: number | null; readonly to?: Comparison }

const columns: readonly Column<Row>[] = [
  { head: 'who', cell: ({ name }) => plainText(name, 80) },
  { head: 'mean loss', numeric: true, cell: ({ loss }) => formatNumber(loss ?? undefined) },
  { head: 'network / it', numeric: true, cell: ({ to }) => (to === undefined ? '' : formatRatio(to.ratio)) },
  { head: '95 % interval', numeric: true, cell: ({ to }) => (to === undefined ? '' : formatInterval(to)) },
]

/** The network against the plain mean, the median and the best single model. */
export function Comparisons({ report }: { readonly report: BacktestReport }): JSX.Element {
  const { loss, bestModel, toMean, toMedian, toBest } = report
  const rows: readonly Row[] = [
    { name: 'network', loss: loss.network },
    { name: 'plain mean', loss: loss.mean, to: toMean },
    { name: 'median', loss: loss.median, to: toMedian },
    { name: `best single model${bestModel === null ? '' : `: ${bestModel}`}`, loss: loss.bestModel, to: toBest },
  ]
  return (
    <Table
      caption="The network and what it is compared with"
      columns={columns}
      rows={rows}
      keyOf={({ name }) => name}
    />
  )
}
