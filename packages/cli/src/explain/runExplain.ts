import { explainEpoch } from '@starling/protocol/replay/explain/explainEpoch'
import type { Explanation } from '@starling/protocol/replay/explain/types'
import { findAttempt } from '@starling/sdk/replay/findAttempt'
import { findTopic } from '../chain/findTopic.ts'
import { readAddress } from '../chain/readId.ts'
import { readTrust } from '../chain/readTrust.ts'
import { withClient } from '../chain/withClient.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { openRecords } from '../verify/openRecords.ts'
import { readEpoch } from '../verify/readSpan.ts'
import type { ExplainedDocument } from './explainedDocument.ts'
import { formatExplained } from './formatExplained.ts'
import { replayOne } from './replayOne.ts'

type Options = Pick<Globals, 'json' | 'node' | 'rpc' | 'home'> & {
  readonly io: Io
  readonly trust: string | undefined
  readonly archive: string | undefined
  readonly address: string
  readonly topic: string
  readonly epoch: string
}

/** Prints the arithmetic of one address in one epoch. Throws a `CliError` 1 where the record is not what a replay gives. */
export async function runExplain(options: Options): Promise<void> {
  const { io, json } = options
  const address = readAddress('The address', options.address)
  const { id } = await withClient({ node: options.node, rpc: options.rpc }, (client) =>
    findTopic(client, options.topic),
  )
  const records = await openRecords({ ...options, trust: readTrust(options, options.trust) }, id)
  const nonce = await readEpoch(records.reader, id, options.epoch)
  const { record, replayed } = await replayOne(records, nonce)
  const explanation = explainEpoch(record, replayed, address)
  const reason = await reasonOf(explanation, () => findAttempt(records.rpc, { topicId: id, nonce, address }))
  const read = await records.reader.proof()
  const document: ExplainedDocument = {
    address,
    topic: Number(id),
    nonce: Number(nonce),
    status: record.status,
    lines: explanation.lines,
    paid: explanation.paid.toString(),
    ...(reason === undefined ? {} : { reason }),
    proof: { status: read.status, height: Number(read.height), hash: read.hash },
  }
  if (json) printJson(io, document)
  else io.stdout.write(formatExplained(records.topic, document, io))
}

/** Of somebody whom the record does not name, the transactions say whether it tried. */
async function reasonOf(
  { reason, outside }: Explanation,
  findTry: () => Promise<string | undefined>,
): Promise<string | undefined> {
  if (!outside) return reason
  return (await findTry()) ?? reason
}
