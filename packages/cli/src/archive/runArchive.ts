import { createRpc } from '@starling/sdk/http/createRpc'
import { requestTimeoutMs } from '@starling/sdk/http/requestTimeoutMs'
import { createLightSource } from '@starling/sdk/proof/lightSource'
import { createProvenReader } from '@starling/sdk/records/createProvenReader'
import { createRecordReader } from '@starling/sdk/records/createRecordReader'
import { findTopicId } from '../chain/findTopic.ts'
import { listTopics } from '../chain/listTopics.ts'
import { readTrust } from '../chain/readTrust.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatTable } from '../output/formatTable.ts'
import { printJson } from '../output/printJson.ts'
import type { ProofDocument } from '../verify/documents.ts'
import { type ArchivedTopic, archiveTopic } from './archiveTopic.ts'
import { describeDamage } from './openArchive.ts'
import { type ArchiveWriter, openArchiveWriter } from './openArchiveWriter.ts'

type Options = Pick<Globals, 'json' | 'node' | 'rpc' | 'home'> & {
  readonly io: Io
  readonly file: string
  readonly topic: string | undefined
  readonly trust: string | undefined
}

/** What `archive --json` prints. */
export type ArchiveDocument = {
  readonly file: string
  readonly chainId: string
  readonly topics: readonly {
    readonly topic: number
    readonly added: number
    readonly records: number
    readonly from: number
    readonly to: number
    readonly missing?: number
  }[]
  /** Bytes of a last entry cut short that were taken off. */
  readonly mended: number
  /** Numbers of lines that are not what was written. */
  readonly damaged: readonly number[]
  readonly proof: ProofDocument
}

/** Appends to a file the proven records that it does not have yet. */
export async function runArchive(options: Options): Promise<void> {
  const { chainId, topicIds } = await withClient({ node: options.node, rpc: options.rpc }, async (client) => ({
    chainId: await client.chainId(),
    topicIds:
      options.topic === undefined
        ? (await listTopics(client)).map(({ topic }) => topic?.base?.id ?? 0n)
        : [await findTopicId(client, options.topic)],
  }))
  const rpc = createRpc({ fetch: globalThis.fetch, timeoutMs: requestTimeoutMs, url: options.rpc, flag: '--rpc' })
  const trust = { ...readTrust(options, options.trust), chainId }
  const reader = createRecordReader(createProvenReader(createLightSource(rpc), trust))
  const writer = await openArchiveWriter(options.file, chainId)
  try {
    tellMended(options, writer)
    const topics: ArchivedTopic[] = []
    for (const topicId of topicIds) topics.push(await archiveTopic({ reader, writer, chainId }, topicId))
    const { status, height, hash } = await reader.proof()
    print(options, toDocument(options.file, chainId, topics, writer, { status, height: Number(height), hash }))
    tellDamage(options, topics, writer)
  } finally {
    await writer.close()
  }
}

function tellMended({ io, file }: Options, { mended }: ArchiveWriter): void {
  if (mended === 0) return
  io.stderr.write(`The last entry of ${file} was cut short: its ${mended} bytes are taken off, and it is read again.\n`)
}

/** A damaged line does no harm where everything is in the file a second time, or again. */
function tellDamage({ io, file }: Options, topics: readonly ArchivedTopic[], { damaged }: ArchiveWriter): void {
  const fault = describeDamage(file, { damaged })
  if (fault === undefined) return
  if (topics.some(({ missing }) => missing !== undefined)) throw new CliError(1, fault)
  io.stderr.write(`${fault.replace(/ Get another.*$/, '')} All records are in it all the same.\n`)
}

function toDocument(
  file: string,
  chainId: string,
  topics: readonly ArchivedTopic[],
  { mended, damaged }: ArchiveWriter,
  proof: ProofDocument,
): ArchiveDocument {
  return {
    file,
    chainId,
    topics: topics.map(({ topicId, added, records, from, to, missing }) => ({
      topic: Number(topicId),
      added,
      records,
      from: Number(from),
      to: Number(to),
      ...(missing === undefined ? {} : { missing: Number(missing) }),
    })),
    mended,
    damaged: damaged.map(({ line }) => line),
    proof,
  }
}

function print({ io, json }: Options, document: ArchiveDocument): void {
  if (json) {
    printJson(io, document)
    return
  }
  const { file, topics, proof } = document
  const columns = ['topic', 'added', 'records', 'from', 'to'].map((head) => ({ head, align: 'right' }) as const)
  const rows = topics.map(({ topic, added, records, from, to }) => [topic, added, records, from, to].map(String))
  const gone = topics.flatMap(({ topic, missing }) =>
    missing === undefined ? [] : [`Epoch ${missing} of topic ${topic} had left the state: ${file} begins after it.\n`],
  )
  io.stdout.write(
    [
      formatTable(columns, rows),
      '\n',
      ...gone,
      `${proof.status}, as the node at block ${proof.height} (${proof.hash.slice(0, 16)}…) says it\n`,
    ].join(''),
  )
}
