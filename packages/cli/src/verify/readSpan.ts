import type { RecordReader } from '@starling/sdk/records/types'
import type { Span } from '@starling/sdk/replay/verifySpan'
import { readHeight } from '../chain/readId.ts'
import { CliError } from '../cliError.ts'

/** The options that say which epochs. */
export type SpanOptions = {
  readonly epoch: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/** The epoch of `--epoch`: a nonce, or the newest settled. Throws a `CliError` 4 where none is settled yet. */
export async function readEpoch(reader: RecordReader, topicId: bigint, text: string): Promise<bigint> {
  if (text !== 'last') return readHeight('--epoch', text)
  const { lastSettled } = await reader.counts(topicId)
  if (lastSettled > 0n) return lastSettled
  throw new CliError(
    4,
    `Topic ${topicId} has no settled epoch yet. "starling topic show ${topicId}" shows where it stands.`,
  )
}

/** The epochs asked for: one by `--epoch`, or all from `--from` to `--to`, each of which may be left out. */
export async function readSpan(reader: RecordReader, topicId: bigint, options: SpanOptions): Promise<Span> {
  const { epoch, from, to } = options
  if (from === undefined && to === undefined) {
    const nonce = await readEpoch(reader, topicId, epoch ?? 'last')
    return { from: nonce, to: nonce }
  }
  if (epoch !== undefined) throw new CliError(2, 'Give --epoch, or --from and --to, not both.')
  const first = from === undefined ? 1n : readHeight('--from', from)
  const last = await lastRecordUpTo(reader, topicId, to)
  if (last >= first) return { from: first, to: last }
  throw new CliError(4, `Topic ${topicId} has no closed epoch from ${first} to ${to ?? 'now'}.`)
}

/** The newest record whose nonce is at most `--to`. */
async function lastRecordUpTo(reader: RecordReader, topicId: bigint, to: string | undefined): Promise<bigint> {
  const { lastRecord } = await reader.counts(topicId)
  if (to === undefined) return lastRecord
  const most = readHeight('--to', to)
  if (most >= lastRecord) return lastRecord
  if ((await reader.hash(topicId, most)) !== undefined) return most
  for (let nonce = lastRecord; nonce > 0n; ) {
    if (nonce <= most) return nonce
    nonce = (await reader.record(topicId, nonce))?.record.previousNonce ?? 0n
  }
  return 0n
}
