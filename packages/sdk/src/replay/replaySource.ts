import type { ReplayTopic } from '@starling/protocol/replay/types'
import type { Rpc } from '../http/createRpc.ts'
import type { RecordReader } from '../records/types.ts'

/** What a replay reads: a topic and its records, and the blocks that they were settled in. */
export type ReplaySource = { readonly reader: RecordReader; readonly rpc: Rpc; readonly topic: ReplayTopic }
