import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { type Column, Table } from '../parts/Table.tsx'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { TopicFacts } from './topicFacts.ts'

const SHOWN = 24

type Props = { readonly facts: TopicFacts; readonly records: readonly EpochRecord[] }

/** The newest closed epochs, each with a link to all that is known of it. */
export function EpochTable({ facts, records }: Props): JSX.Element {
  const columns: readonly Column<EpochRecord>[] = [
    {
      head: 'epoch',
      sortBy: ({ nonce }) => nonce,
      cell: ({ nonce }) => <a href={`#/topic/${facts.id}/epoch/${nonce}`}>{String(nonce)}</a>,
    },
    { head: 'status', sortBy: ({ status }) => status, cell: ({ status }) => plainText(status, 40) },
    { head: 'answer', cell: ({ network }) => (network?.combined ?? []).map(formatNumber).join(', ') || '–' },
    {
      head: 'truth',
      sortBy: ({ truth, truthLabel }) => (truthLabel === '' ? (truth ?? 0) : truthLabel),
      cell: ({ truth, truthLabel }) => (truthLabel === '' ? formatNumber(truth) : plainText(truthLabel, 40)),
    },
    {
      head: 'loss',
      numeric: true,
      sortBy: ({ losses }) => losses?.combined ?? 0,
      cell: ({ losses }) => formatNumber(losses?.combined),
    },
    {
      head: 'of the plain mean',
      numeric: true,
      sortBy: ({ losses }) => losses?.naive ?? 0,
      cell: ({ losses }) => formatNumber(losses?.naive),
    },
  ]
  const newestFirst = records.slice(-SHOWN).toReversed()
  return (
    <Table caption="Epochs, newest first" columns={columns} rows={newestFirst} keyOf={({ nonce }) => String(nonce)} />
  )
}
