import type { ComparedPair } from '@starling/sdk/records/comparePair'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { formatInterval, formatRatio } from '../backtest/formatRatio.ts'
import { Chart } from '../parts/Chart.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatNumber } from '../text/formatNumber.ts'
import { verdictOf } from './verdictOf.ts'

type Props = {
  readonly pair: ComparedPair
  readonly names: readonly [a: string, b: string]
  readonly loss: string
  readonly file: string
}

type Row = readonly [what: string, value: string, interval: string]

const columns: readonly Column<Row>[] = [
  { head: 'what', cell: ([what]) => what },
  { head: 'value', numeric: true, cell: ([, value]) => value },
  { head: '95 % interval', numeric: true, cell: ([, , interval]) => interval },
]

/** What a comparison comes to: a sentence, the running losses, and the numbers. */
export function PairResult({ pair, names: [a, b], loss, file }: Props): JSX.Element {
  const { nonces, mean, wins, ties, difference, ratio, running } = pair
  const chart = useMemo(
    () => ({
      axis: 'epoch',
      at: nonces,
      lines: [
        { name: a, values: running[0] },
        { name: a === b ? `${b} again` : b, values: running[1] },
      ],
    }),
    [pair, a, b],
  )
  const { lower, upper } = difference
  const span = lower === null || upper === null ? '–' : `${formatNumber(lower)} to ${formatNumber(upper)}`
  const rows: readonly Row[] = [
    [`mean loss of ${a}`, formatNumber(mean[0] ?? undefined), ''],
    [`mean loss of ${b}`, formatNumber(mean[1] ?? undefined), ''],
    ['difference', formatNumber(difference.ratio ?? undefined), span],
    ['ratio', formatRatio(ratio.ratio), formatInterval(ratio)],
    [`epochs that ${a} won`, `${wins} of ${nonces.length}`, ''],
    ['epochs with equal losses', String(ties), ''],
  ]
  return (
    <>
      <p class="verdict">{verdictOf(difference, [a, b])}</p>
      <Chart
        label={`Mean loss (${loss}) up to each epoch, of ${a} and of ${b}; its numbers stand below`}
        data={chart}
        file={file}
      />
      <Table
        caption={`On the ${nonces.length} epochs in which both were there (${loss})`}
        columns={columns}
        rows={rows}
        keyOf={([what]) => what}
      />
    </>
  )
}
