import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import type { ReplayTopic } from '@starling/protocol/replay/types'
import { createRpc, type Rpc } from '@starling/sdk/http/createRpc'
import type { TrustOptions } from '@starling/sdk/proof/createLightClient'
import { createLightSource } from '@starling/sdk/proof/lightSource'
import { createProvenReader } from '@starling/sdk/records/createProvenReader'
import { createRecordReader } from '@starling/sdk/records/createRecordReader'
import { createUnverifiedReader } from '@starling/sdk/records/createUnverifiedReader'
import type { RecordReader } from '@starling/sdk/records/types'
import { CliError } from '../cliError.ts'

const TIMEOUT_MS = 10_000

/** What `verify` and `explain` read: a topic and its records, and the blocks that they were settled in. */
export type OpenRecords = {
  readonly reader: RecordReader
  readonly rpc: Rpc
  readonly topic: ReplayTopic & { readonly name: string; readonly unit: string }
}

/** Opens the records of a topic over RPC, proven where trust is given. Throws a `CliError` 4 where there is no such topic. */
export async function openRecords(url: string, topicId: bigint, trust?: TrustOptions): Promise<OpenRecords> {
  const rpc = createRpc({ fetch: globalThis.fetch, timeoutMs: TIMEOUT_MS, url, flag: '--rpc' })
  const keys = trust === undefined ? createUnverifiedReader(rpc) : createProvenReader(createLightSource(rpc), trust)
  const reader = createRecordReader(keys)
  const stored = await reader.topic(topicId)
  if (stored?.policy === undefined) {
    throw new CliError(4, `There is no topic ${topicId} on this chain. "starling topic list" shows those there are.`)
  }
  const policy = parsePolicy(stored.policy)
  return { reader, rpc, topic: { id: topicId, policy, name: stored.name, unit: policy.unit } }
}
