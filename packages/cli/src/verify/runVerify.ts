import type { Mismatch } from '@starling/protocol/replay/types'
import { findTopic } from '../chain/findTopic.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { formatVerified } from './formatVerified.ts'
import { openRecords } from './openRecords.ts'
import { readSpan, type SpanOptions } from './readSpan.ts'
import { type EpochResult, verifySpan } from './verifySpan.ts'

/** What was read, and how far it is proven. */
export type ProofDocument = {
  readonly status: 'verified' | 'unverified'
  readonly height: number
  readonly hash: string
}

/** What `verify --json` prints of one epoch. */
export type VerifiedDocument = {
  readonly topic: number
  readonly nonce: number
  readonly status: 'match' | 'mismatch'
  readonly compared: number
  readonly mismatches: readonly Mismatch[]
  readonly payments: {
    readonly events: 'compared' | 'skipped'
    readonly balances: 'compared' | 'skipped'
    readonly reason?: string
  }
  readonly proof: ProofDocument
}

/** What it prints of several. */
export type VerifiedSpanDocument = Pick<VerifiedDocument, 'topic' | 'status' | 'compared' | 'proof'> & {
  readonly from: number
  readonly to: number
  readonly mismatches: readonly (Mismatch & { readonly nonce: number })[]
  readonly epochs: readonly VerifiedDocument[]
}

type Options = Pick<Globals, 'json' | 'node' | 'rpc'> & SpanOptions & { readonly io: Io; readonly topic: string }

/** Replays epochs and compares every stored result. Throws a `CliError` 1 where one differs. */
export async function runVerify(options: Options): Promise<void> {
  const { io, json } = options
  const { id } = await withClient(options, (client) => findTopic(client, options.topic))
  const records = await openRecords(options.rpc, id)
  const span = await readSpan(records.reader, id, options)
  const result = await verifySpan(records, span)
  const read = await records.reader.proof()
  const proof = { status: read.status, height: Number(read.height), hash: read.hash }
  const documents = result.epochs.map((epoch) => toDocument(Number(id), epoch, proof))
  const [only] = documents
  const isOne = options.from === undefined && options.to === undefined
  if (!json) io.stdout.write(formatVerified(records.topic, result, proof, io))
  else printJson(io, isOne && only !== undefined ? only : toSpanDocument(Number(id), documents, proof))
  const wrong = documents.flatMap(({ mismatches }) => mismatches)
  if (wrong.length > 0) throw new CliError(1, refusal(Number(id), wrong))
}

function toDocument(topic: number, epoch: EpochResult, proof: ProofDocument): VerifiedDocument {
  const { nonce, compared, mismatches, payments } = epoch
  return {
    topic,
    nonce: Number(nonce),
    status: mismatches.length === 0 ? 'match' : 'mismatch',
    compared,
    mismatches,
    payments: {
      events: payments.events,
      balances: payments.balances,
      ...(payments.reason === undefined ? {} : { reason: payments.reason }),
    },
    proof,
  }
}

function toSpanDocument(
  topic: number,
  epochs: readonly VerifiedDocument[],
  proof: ProofDocument,
): VerifiedSpanDocument {
  const mismatches = epochs.flatMap(({ nonce, mismatches: wrong }) => wrong.map((one) => ({ nonce, ...one })))
  return {
    topic,
    from: epochs[0]?.nonce ?? 0,
    to: epochs.at(-1)?.nonce ?? 0,
    status: mismatches.length === 0 ? 'match' : 'mismatch',
    compared: epochs.reduce((sum, { compared }) => sum + compared, 0),
    mismatches,
    epochs,
    proof,
  }
}

function refusal(topic: number, wrong: readonly Mismatch[]): string {
  const fields = wrong.slice(0, 3).map(({ field }) => field)
  const more = wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''
  const what = wrong.length === 1 ? 'A stored value of' : `${wrong.length} stored values of`
  return `${what} topic ${topic} ${wrong.length === 1 ? 'is' : 'are'} not what the replay gives: ${fields.join(', ')}${more}. Do not trust this node; ask another one.`
}
