import type { JSX } from 'preact'
import { type Column, Table } from '../parts/Table.tsx'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { HistoryColumns } from './historyColumns.ts'
import type { TopicFacts } from './topicFacts.ts'

/** Epochs of the table. */
export const EPOCHS_SHOWN = 24

type Props = { readonly facts: TopicFacts; readonly epochs: HistoryColumns }

type Row = {
  readonly nonce: number
  readonly status: string
  readonly answer: readonly number[]
  readonly truth: number | undefined
  readonly loss: number | undefined
  readonly naive: number | undefined
}

/** Some closed epochs, the newest first, each with a link to all that is known of it. */
export function EpochTable({ facts, epochs }: Props): JSX.Element {
  const { labels } = facts.policy
  const label = (place: number | undefined): string => (place === undefined ? '' : (labels[place] ?? ''))
  const columns: readonly Column<Row>[] = [
    {
      head: 'epoch',
      sortBy: ({ nonce }) => nonce,
      cell: ({ nonce }) => <a href={`#/topic/${facts.id}/epoch/${nonce}`}>{String(nonce)}</a>,
    },
    { head: 'status', sortBy: ({ status }) => status, cell: ({ status }) => plainText(status, 40) },
    { head: 'answer', cell: ({ answer }) => answer.map(formatNumber).join(', ') || '–' },
    {
      head: 'truth',
      sortBy: ({ truth }) => (labels.length === 0 ? (truth ?? Number.NEGATIVE_INFINITY) : label(truth)),
      cell: ({ truth }) => (labels.length === 0 ? formatNumber(truth) : plainText(label(truth), 40) || '–'),
    },
    number('loss', ({ loss }) => loss),
    number('of the plain mean', ({ naive }) => naive),
  ]
  const rows = toRows(epochs).toReversed()
  return <Table caption="Epochs, newest first" columns={columns} rows={rows} keyOf={({ nonce }) => String(nonce)} />
}

function number(head: string, read: (row: Row) => number | undefined): Column<Row> {
  return {
    head,
    numeric: true,
    sortBy: (row) => read(row) ?? Number.NEGATIVE_INFINITY,
    cell: (row) => formatNumber(read(row)),
    copy: (row) => String(read(row) ?? ''),
  }
}

function toRows({ nonces, statuses, outputs, answers, truths, losses, naive }: HistoryColumns): readonly Row[] {
  const some = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value)
  return Array.from(nonces, (nonce, i) => ({
    nonce,
    status: statuses[i] ?? '',
    answer: Array.from(answers.subarray(outputs * i, outputs * (i + 1))).filter((value) => !Number.isNaN(value)),
    truth: some(truths[i]),
    loss: some(losses[i]),
    naive: some(naive[i]),
  }))
}
