import type { Leaf } from '@starling/protocol/replay/types'
import type { EpochResult, SpanResult } from '@starling/sdk/replay/verifySpan'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { formatTable } from '../output/formatTable.ts'
import { paintFor } from '../output/paintFor.ts'
import { printable } from '../output/printable.ts'
import type { ProofDocument } from './documents.ts'
import type { OpenRecords } from './openRecords.ts'

/** The result of a verification for people. */
export function formatVerified(
  { topic, archive }: Pick<OpenRecords, 'topic' | 'archive'>,
  { epochs, standsOn, replayedBefore, read }: SpanResult,
  proof: ProofDocument,
  { stdout, env }: Pick<Io, 'stdout' | 'env'>,
): string {
  const { id, name } = topic
  const old = read.filter((nonce) => archive?.gave(id, nonce) === true).length
  const paint = paintFor(stdout, env)
  const compared = epochs.reduce((sum, epoch) => sum + epoch.compared, 0)
  const wrong = epochs.flatMap(({ nonce, mismatches }) => mismatches.map((one) => ({ nonce, ...one })))
  const begin = standsOn === undefined ? 'the first epoch' : `the full state in the record of epoch ${standsOn}`
  const verdict =
    wrong.length === 0
      ? paint('green', `match: all ${compared} stored values are what the replay gives`)
      : paint('red', `mismatch: ${wrong.length} of ${compared} stored values are not what the replay gives`)
  const rows = wrong.map((one) =>
    [String(one.nonce), one.field, shown(one.stored), shown(one.recomputed)].map(printable),
  )
  const columns = [{ head: 'epoch' }, { head: 'field' }, { head: 'stored' }, { head: 'recomputed' }]
  return [
    `${printable(name)} (topic ${id}): replayed from ${begin}${replayedBefore > 0 ? ` over ${replayedBefore} more` : ''}\n\n`,
    formatTable(epochColumns, epochs.map(toRow)),
    ...(rows.length === 0 ? [] : ['\n', formatTable(columns, rows)]),
    `\n${verdict}\n`,
    old === 0 ? '' : `${old} of ${read.length} records have left the state and come from ${archive?.name}\n`,
    ...skippedOf(epochs).map((line) => `${paint('yellow', line)}\n`),
    `${proof.status}, as the node at block ${proof.height} (${proof.hash.slice(0, 16)}…) says it\n`,
  ].join('')
}

const epochColumns = [
  { head: 'epoch', align: 'right' },
  { head: 'status' },
  { head: 'compared', align: 'right' },
  { head: 'wrong', align: 'right' },
  { head: 'pot', align: 'right' },
  { head: 'paid', align: 'right' },
  { head: 'coins' },
] as const

function toRow({ nonce, served, compared, mismatches, payments }: EpochResult): readonly string[] {
  const { status, pot, payouts } = served.record
  const paid = payouts.reduce((sum, { amount }) => sum + toWhole(amount), 0n)
  const followed = payments.balances === 'compared' ? 'events, balances' : 'events'
  return [
    nonce.toString(),
    printable(status),
    String(compared),
    String(mismatches.length),
    formatAllo(toWhole(pot)),
    formatAllo(paid),
    payments.events === 'compared' ? followed : 'not followed',
  ]
}

/** Coins of a record that may be damaged. */
function toWhole(text: string): bigint {
  return /^[0-9]+$/.test(text) ? BigInt(text) : 0n
}

/** One line for each reason why coins could not be followed. */
function skippedOf(epochs: readonly EpochResult[]): readonly string[] {
  const reasons = new Set(epochs.flatMap(({ payments: { reason } }) => (reason === undefined ? [] : [reason])))
  return [...reasons].map((reason) => `The changes of balances were not compared. ${reason}`)
}

function shown(leaf: Leaf): string {
  const text = leaf === null ? '-' : String(leaf)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
