import type { Mismatch } from '@starling/protocol/replay/types'
import { StarlingError } from '@starling/sdk/starlingError'
import { findTopic } from '../chain/findTopic.ts'
import { readTrust } from '../chain/readTrust.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import type { ProofDocument, VerifiedDocument, VerifiedSpanDocument } from './documents.ts'
import { formatVerified } from './formatVerified.ts'
import { type OpenRecords, openRecords } from './openRecords.ts'
import { readSpan, type SpanOptions } from './readSpan.ts'
import { type EpochResult, type SpanResult, verifySpan } from './verifySpan.ts'

type Options = Pick<Globals, 'json' | 'node' | 'rpc' | 'home'> &
  SpanOptions & { readonly io: Io; readonly topic: string; readonly trust: string | undefined }

/** Replays epochs and compares every stored result. Throws a `CliError` 1 where one differs. */
export async function runVerify(options: Options): Promise<void> {
  const { io, json } = options
  const { id } = await withClient({ node: options.node, rpc: options.rpc }, (client) =>
    findTopic(client, options.topic),
  )
  const { records, result, lie } = await replay(options, id)
  const read = await records.reader.proof()
  const proof = { status: read.status, height: Number(read.height), hash: read.hash }
  const documents = result.epochs.map((epoch) => toDocument(Number(id), epoch, proof))
  const [only] = documents
  const isOne = options.from === undefined && options.to === undefined
  if (!json) io.stdout.write(formatVerified(records.topic, result, proof, io))
  else printJson(io, isOne && only !== undefined ? only : toSpanDocument(Number(id), documents, proof))
  const wrong = documents.flatMap(({ mismatches }) => mismatches)
  if (wrong.length > 0) throw new CliError(1, refusal(Number(id), wrong))
  if (lie !== undefined) throw lie
}

type Replayed = {
  readonly records: OpenRecords
  readonly result: SpanResult
  /** What a proof refutes. */
  readonly lie?: StarlingError
}

/** Replays what is proven; where a proof fails, what the node says, so that the wrong field gets its name. */
async function replay(options: Options, topicId: bigint): Promise<Replayed> {
  const trust = readTrust(options, options.trust)
  try {
    return await replayFrom(await openRecords(options.rpc, topicId, trust), options)
  } catch (error) {
    if (!(error instanceof StarlingError && error.kind === 'refuted')) throw error
    return { ...(await replayUnverified(options, topicId, error)), lie: error }
  }
}

async function replayUnverified(options: Options, topicId: bigint, lie: StarlingError): Promise<Replayed> {
  try {
    return await replayFrom(await openRecords(options.rpc, topicId), options)
  } catch {
    throw lie
  }
}

async function replayFrom(records: OpenRecords, options: SpanOptions): Promise<Replayed> {
  const span = await readSpan(records.reader, records.topic.id, options)
  return { records, result: await verifySpan(records, span) }
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
