import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { toHex } from '../bytes/hex.ts'
import { sha256 } from '../crypto/sha256.ts'
import { AnswerSchema, SettlementParamsSchema } from '../gen/starling/v1/epochs_pb.ts'
import { computeSpread } from '../scoring/synthesis/computeSpread.ts'
import { countContributors } from '../scoring/synthesis/countContributors.ts'
import type { NetworkValues } from '../scoring/types.ts'
import { type Comparison, compareLeaf, compareLeaves, joinComparisons } from './compareLeaves.ts'
import { listLeaves } from './listLeaves.ts'
import type { ServedRecord } from './types.ts'

/**
 * Compares the published answer with the recomputed network values. Where the parameters have changed between answer
 * and settlement the values of the answer are those of the old ones: then only its place is compared.
 */
export function verifyAnswer({ record, answer }: ServedRecord, network: NetworkValues | null): Comparison {
  const { topicId, nonce, answerHeight, params, paramsAtPublication } = record
  const height = compareLeaf('answerHeight', answerHeight.toString(), (answer?.height ?? 0n).toString())
  if (answer === undefined || network === null || params === undefined) return height
  const changed = toHex(sha256(toBinary(SettlementParamsSchema, params))) !== toHex(paramsAtPublication)
  const recomputed = create(AnswerSchema, {
    topicId,
    nonce,
    height: answerHeight,
    ...(changed
      ? { values: answer.values, naive: answer.naive, spread: answer.spread, contributors: answer.contributors }
      : {
          values: [...network.combined],
          naive: [...network.naive],
          spread: computeSpread(network),
          contributors: countContributors(network),
        }),
  })
  const wired = fromBinary(AnswerSchema, toBinary(AnswerSchema, recomputed))
  const stored = listLeaves(AnswerSchema, answer, 'answer.')
  return joinComparisons([height, compareLeaves(stored, listLeaves(AnswerSchema, wired, 'answer.'))])
}
