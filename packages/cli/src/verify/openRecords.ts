import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import type { ReplayTopic } from '@starling/protocol/replay/types'
import { createRpc, type Rpc } from '@starling/sdk/http/createRpc'
import { textAt } from '@starling/sdk/http/json'
import { requestTimeoutMs } from '@starling/sdk/http/requestTimeoutMs'
import type { TrustOptions } from '@starling/sdk/proof/createLightClient'
import { createLightSource } from '@starling/sdk/proof/lightSource'
import { createProvenReader } from '@starling/sdk/records/createProvenReader'
import { createRecordReader } from '@starling/sdk/records/createRecordReader'
import { createUnverifiedReader } from '@starling/sdk/records/createUnverifiedReader'
import type { ReplaySource } from '@starling/sdk/replay/replaySource'
import { type Archive, openArchive } from '../archive/openArchive.ts'
import { CliError } from '../cliError.ts'

/** What `verify` and `explain` read: a topic and its records, and the blocks that they were settled in. */
export type OpenRecords = ReplaySource & {
  readonly topic: ReplayTopic & { readonly name: string; readonly unit: string }
  /** What records come from that have left the state. */
  readonly archive: Archive | undefined
}

/** Where records are read from. */
export type RecordSource = {
  /** Address of an RPC server. */
  readonly rpc: string
  /** Nothing is proven without it. */
  readonly trust?: TrustOptions
  /** File of records that have left the state. */
  readonly archive?: string | undefined
}

/** Opens the records of a topic. Throws a `CliError` 4 where there is no such topic. */
export async function openRecords(source: RecordSource, topicId: bigint): Promise<OpenRecords> {
  const { trust } = source
  const rpc = createRpc({ fetch: globalThis.fetch, timeoutMs: requestTimeoutMs, url: source.rpc, flag: '--rpc' })
  const keys = trust === undefined ? createUnverifiedReader(rpc) : createProvenReader(createLightSource(rpc), trust)
  const archive = source.archive === undefined ? undefined : await openFor(rpc, source.archive)
  const reader = createRecordReader(keys, archive)
  const stored = await reader.topic(topicId)
  if (stored?.policy === undefined) {
    throw new CliError(4, `There is no topic ${topicId} on this chain. "starling topic list" shows those there are.`)
  }
  const policy = parsePolicy(stored.policy)
  return { reader, rpc, archive, topic: { id: topicId, policy, name: stored.name, unit: policy.unit } }
}

async function openFor(rpc: Rpc, file: string): Promise<Archive> {
  return openArchive(file, textAt(await rpc.call('status'), 'node_info', 'network'))
}
