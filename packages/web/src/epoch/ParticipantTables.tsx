import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { coinsColumn } from '../parts/coinsColumn.ts'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText, shortName } from '../text/plainText.ts'
import { listForecasters, listReporters, listWorkers, type Participant, type Reporter } from './participants.ts'

type Props = { readonly topicId: bigint; readonly record: EpochRecord }
type Named = { readonly address: string }

/** Everybody who took part in an epoch, and what it brought them. */
export function ParticipantTables({ topicId, record }: Props): JSX.Element {
  const forecasters = listForecasters(record)
  const who = {
    head: 'who',
    sortBy: keyOf,
    cell: ({ address }: Named) => (
      <a href={`#/account/${address}/topic/${topicId}/epoch/${record.nonce}`}>{shortName(address)}</a>
    ),
  }
  const columns: readonly Column<Participant>[] = [who, ...participantColumns]
  return (
    <>
      <Table caption="Models" columns={columns} rows={listWorkers(record)} keyOf={keyOf} />
      {forecasters.length === 0 ? null : (
        <Table caption="Forecasters" columns={columns} rows={forecasters} keyOf={keyOf} />
      )}
      <Table caption="Reputers" columns={[who, ...reporterColumns]} rows={listReporters(record)} keyOf={keyOf} />
    </>
  )
}

function keyOf({ address }: Named): string {
  return address
}

function valuesText(values: readonly number[] | undefined): string {
  return (values ?? []).map(formatNumber).join(', ') || '–'
}

function number(head: string, pick: (one: Participant) => number | undefined): Column<Participant> {
  return {
    head,
    numeric: true,
    sortBy: (one) => pick(one) ?? Number.NEGATIVE_INFINITY,
    cell: (one) => formatNumber(pick(one)),
  }
}

function coins<R>(head: string, read: (row: R) => bigint): Column<R> {
  return { ...coinsColumn(head, read), sortBy: read }
}

const participantColumns: readonly Column<Participant>[] = [
  { head: 'said', sortBy: ({ values }) => values[0] ?? 0, cell: ({ values }) => valuesText(values) },
  { head: 'answer without it', cell: ({ without }) => valuesText(without) },
  number('loss', ({ loss }) => loss),
  number('regret after', ({ regret }) => regret),
  number('weight after', ({ weight }) => weight),
  number('score', ({ score }) => score),
  number('fraction', ({ fraction }) => fraction),
  coins('of the pot', ({ paid }) => paid),
  coins('of fees', ({ beside }) => beside),
]

const reporterColumns: readonly Column<Reporter>[] = [
  {
    head: 'reported',
    cell: ({ report }) => (typeof report === 'number' ? formatNumber(report) : plainText(report, 40)),
  },
  { head: 'stake', numeric: true, sortBy: ({ stake }) => stake, cell: ({ stake }) => formatCoins(stake) },
  { head: 'score', numeric: true, sortBy: ({ score }) => score ?? -1, cell: ({ score }) => formatNumber(score) },
  coins('of the pot', ({ paid }) => paid),
  coins('of fees', ({ beside }) => beside),
]
