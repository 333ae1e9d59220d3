import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { toHex } from '../bytes/hex.ts'
import { sha256 } from '../crypto/sha256.ts'
import { AnswerSchema, SettlementParamsSchema } from '../gen/starling/v1/epochs_pb.ts'
import { toAnswer } from '../modules/synthesis/toAnswer.ts'
import type { TopicPolicy } from '../scoring/types.ts'
import type { PublishedAnswer } from '../scoring/verified/answerOf.ts'
import { type Comparison, compareLeaf, compareLeaves, joinComparisons } from './compareLeaves.ts'
import { listLeaves } from './listLeaves.ts'
import type { ServedRecord } from './types.ts'

/**
 * Compares the published answer with the recomputed one. Where the parameters have changed between answer
 * and settlement the values of the answer are those of the old ones: then only its place is compared.
 */
export function verifyAnswer(
  policy: TopicPolicy,
  { record, answer }: ServedRecord,
  published: PublishedAnswer | null,
): Comparison {
  const { topicId, nonce, answerHeight, params, paramsAtPublication } = record
  const height = compareLeaf('answerHeight', answerHeight.toString(), (answer?.height ?? 0n).toString())
  if (answer === undefined || published === null || params === undefined) return height
  const changed = toHex(sha256(toBinary(SettlementParamsSchema, params))) !== toHex(paramsAtPublication)
  if (changed) return height
  const recomputed = create(AnswerSchema, { ...toAnswer(policy, published), topicId, nonce, height: answerHeight })
  const wired = fromBinary(AnswerSchema, toBinary(AnswerSchema, recomputed))
  const stored = listLeaves(AnswerSchema, answer, 'answer.')
  return joinComparisons([height, compareLeaves(stored, listLeaves(AnswerSchema, wired, 'answer.'))])
}
