import type { Mismatch } from '@starling/protocol/replay/types'
import { type EpochResult, type SpanResult, verifySpan } from '@starling/sdk/replay/verifySpan'
import { StarlingError } from '@starling/sdk/starlingError'
import { blameArchive } from '../archive/blameArchive.ts'
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

type Options = Pick<Globals, 'json' | 'node' | 'rpc' | 'home'> &
  SpanOptions & {
    readonly io: Io
    readonly topic: string
    readonly trust: string | undefined
    readonly archive: string | undefined
  }

/** Replays epochs and compares every stored result. Throws a `CliError` 1 where one differs. */
export async function runVerify(options: Options): Promise<void> {
  const { io, json } = options
  const { id } = await withClient({ node: options.node, rpc: options.rpc }, (client) =>
    findTopic(client, options.topic),
  )
  const { records, result, lie } = await replay(options, id)
  const read = await records.reader.proof()
  const proof = { status: read.status, height: Number(read.height), hash: read.hash }
  const documents = result.epochs.map((epoch) => toDocument(records, epoch, proof))
  const [only] = documents
  const isOne = options.from === undefined && options.to === undefined
  if (!json) io.stdout.write(formatVerified(records, result, proof, io))
  else printJson(io, isOne && only !== undefined ? only : toSpanDocument(Number(id), documents, proof))
  const wrong = documents.flatMap(({ mismatches }) => mismatches)
  if (wrong.length > 0) throw new CliError(1, `${refusal(Number(id), wrong)} ${culprit(records, result)}`)
  if (lie !== undefined) throw lie
  if (records.archive?.fault === undefined) return
  if (records.archive.usedDamage()) throw new CliError(1, records.archive.fault)
  io.stderr.write(`${records.archive.fault}\n`)
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
    return await replayFrom(await openRecords({ ...options, trust }, topicId), options)
  } catch (error) {
    if (!(error instanceof StarlingError && error.kind === 'refuted')) throw error
    return { ...(await replayUnverified(options, topicId, error)), lie: error }
  }
}

async function replayUnverified(options: Options, topicId: bigint, lie: StarlingError): Promise<Replayed> {
  try {
    const { rpc, archive } = options
    return await replayFrom(await openRecords({ rpc, archive }, topicId), options)
  } catch {
    throw lie
  }
}

async function replayFrom(records: OpenRecords, options: SpanOptions): Promise<Replayed> {
  const { reader, topic, archive } = records
  const result = await blameArchive(archive, async () => verifySpan(records, await readSpan(reader, topic.id, options)))
  return { records, result }
}

function toDocument({ topic, archive }: OpenRecords, epoch: EpochResult, proof: ProofDocument): VerifiedDocument {
  const { nonce, compared, mismatches, payments } = epoch
  return {
    topic: Number(topic.id),
    nonce: Number(nonce),
    source: archive?.gave(topic.id, nonce) === true ? 'archive' : 'state',
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
  return `${what} topic ${topic} ${wrong.length === 1 ? 'is' : 'are'} not what the replay gives: ${fields.join(', ')}${more}.`
}

/** Who is not to be trusted: the archive where a record of it is not what the chain keeps the hash of, else the node. */
function culprit({ topic, archive }: OpenRecords, { altered }: SpanResult): string {
  const its = altered.filter((nonce) => archive?.gave(topic.id, nonce) === true)
  if (archive === undefined || its.length === 0) return 'Do not trust this node; ask another one.'
  const which =
    its.length === 1 ? `the record of epoch ${its[0]}` : `the records of epochs ${its.slice(0, 3).join(', ')}`
  return `Do not trust ${archive.name}: ${which} in it ${its.length === 1 ? 'is' : 'are'} not what the chain keeps the hash of.`
}
