import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { csvRows } from '../text/csvRows.ts'
import { formatNumber, formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { type ChartData, columnsOf, rowAt } from './chartData.ts'
import { download } from './download.ts'
import { type Column, Table } from './Table.tsx'

const SHOWN = 100

type Props = { readonly data: ChartData; readonly file: string }

/** What a chart draws, as numbers: the newest as a table, all as CSV. */
export function ChartNumbers({ data, file }: Props): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const { length } = data.at
  return (
    <details class="numbers" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Its numbers</summary>
      {isOpen ? (
        <>
          <button type="button" onClick={() => download(file, csvRows(allRows(data)))}>
            Download as CSV
          </button>
          <Newest data={data} />
          {length > SHOWN ? (
            <p class="quiet">
              The last {SHOWN} of {formatWhole(length)}.
            </p>
          ) : null}
        </>
      ) : null}
    </details>
  )
}

type Row = readonly (number | null)[]

function Newest({ data }: { readonly data: ChartData }): JSX.Element {
  const { length } = data.at
  const rows = Array.from({ length: Math.min(SHOWN, length) }, (_, i) => rowAt(data, length - 1 - i))
  const columns = columnsOf(data).map(
    (head, i): Column<Row> => ({
      head: plainText(head, 60),
      numeric: true,
      sortBy: (row) => row[i] ?? Number.NEGATIVE_INFINITY,
      cell: (row) => formatNumber(row[i] ?? undefined),
    }),
  )
  return (
    <Table caption="Numbers of the chart, newest first" columns={columns} rows={rows} keyOf={([at]) => String(at)} />
  )
}

/** Numbers in full. */
function* allRows(data: ChartData): Generator<readonly string[]> {
  yield columnsOf(data)
  for (let i = 0; i < data.at.length; i += 1) yield rowAt(data, i).map((value) => (value === null ? '' : String(value)))
}
