import { create, type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import { parseAddress } from '@starling/protocol/crypto/address'
import { OffchainNodeSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import { AnswerSchema, EpochCountsSchema, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { TopicSchema } from '@starling/protocol/gen/starling/v1/topics_pb'
import { actorsKeys } from '@starling/protocol/modules/actors/keys'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { synthesisKeys } from '@starling/protocol/modules/synthesis/keys'
import { topicsKeys } from '@starling/protocol/modules/topics/keys'
import { StarlingError } from '../starlingError.ts'
import { readRecordBytes } from './readRecordBytes.ts'
import type { KeyReader, OldRecords, RecordReader } from './types.ts'

/** Reads records and what belongs to them from the keys of a state, and bytes that have left it from `old`. */
export function createRecordReader({ readKey, proof }: KeyReader, old?: OldRecords): RecordReader {
  return {
    ...(old === undefined ? {} : { oldRecords: old.name }),
    proof,
    topic: async (topicId) => decode(TopicSchema, await readKey('topics', topicsKeys.topic(topicId))),
    counts: async (topicId) =>
      decode(EpochCountsSchema, await readKey('rewards', rewardsKeys.counts(topicId))) ?? create(EpochCountsSchema),
    hash: (topicId, nonce) => readKey('rewards', rewardsKeys.hash(topicId, nonce)),
    async record(topicId, nonce) {
      const bytes = (await readRecordBytes(readKey, topicId, nonce)) ?? (await old?.read(topicId, nonce))
      if (bytes === undefined) return undefined
      const [hash, answer] = await Promise.all([
        readKey('rewards', rewardsKeys.hash(topicId, nonce)),
        readKey('synthesis', synthesisKeys.answer(topicId, nonce)),
      ])
      return { record: decodeRecord(bytes, topicId, nonce), bytes, hash, answer: decode(AnswerSchema, answer) }
    },
    async balance(address, height) {
      const account = parseAddress(address)
      if (account === undefined) throw new StarlingError('bad-input', `"${address}" is no address of this chain.`)
      const text = await readKey('bank', bankKeys.balance(account, 'uallo'), height)
      return text === undefined ? 0n : BigInt(fromUtf8(text))
    },
    async ownerOfWorker(address, height) {
      const node = decode(OffchainNodeSchema, await readKey('actors', actorsKeys.node('worker', address), height))
      return node?.owner ?? address
    },
  }
}

/** Bytes that are no record hold none; their hash shows that they are not what the chain has. */
function decodeRecord(bytes: Uint8Array, topicId: bigint, nonce: bigint): MessageShape<typeof EpochRecordSchema> {
  try {
    return fromBinary(EpochRecordSchema, bytes)
  } catch {
    return create(EpochRecordSchema, { topicId, nonce })
  }
}

function decode<S extends DescMessage>(schema: S, bytes: Uint8Array | undefined): MessageShape<S> | undefined {
  if (bytes === undefined) return undefined
  try {
    return fromBinary(schema, bytes)
  } catch (cause) {
    const what = schema.typeName.split('.').at(-1)
    throw new StarlingError('unavailable', `The node's ${what} is damaged: it cannot be read. Ask another node.`, {
      cause,
    })
  }
}
