import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { RunningNode } from '@starling/node/startNode'
import {
  GetAnswerRequestSchema,
  GetAnswerResponseSchema,
  GetEpochRequestSchema,
  GetEpochResponseSchema,
  GetEpochsRequestSchema,
  GetEpochsResponseSchema,
  GetLedgerRequestSchema,
  GetLedgerResponseSchema,
  GetLossesRequestSchema,
  GetLossesResponseSchema,
  GetTopicRequestSchema,
  GetTopicResponseSchema,
  GetTopicsRequestSchema,
  GetTopicsResponseSchema,
  GetTruthsRequestSchema,
  GetTruthsResponseSchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import type { Client, Page } from '@starling/sdk/types'

/** What many actors ask in every epoch, and what a report says at the end, when the machine may be too busy for servers. */
export type NodeQueries = Pick<
  Client,
  | 'topicsUnverified'
  | 'topicUnverified'
  | 'answerUnverified'
  | 'epochUnverified'
  | 'epochsUnverified'
  | 'truthsUnverified'
  | 'lossesUnverified'
  | 'ledgerUnverified'
>

/** Asks a node in this process as `abci_query` does; what it refuses is asked over its servers, which say why. */
export function createNodeQueries({ query }: Pick<RunningNode, 'query'>, client: NodeQueries): NodeQueries {
  const ask = <Q extends DescMessage, A extends DescMessage>(
    method: string,
    request: readonly [Q, MessageInitShape<Q>],
    answer: A,
  ): MessageShape<A> | undefined => {
    const [schema, fields] = request
    const data = toBinary(schema, create(schema, fields))
    const { code, value } = query({ path: `/starling.v1.Query/${method}`, data, height: 0n, prove: false })
    return code === 0 ? fromBinary(answer, value) : undefined
  }
  return {
    topicsUnverified: async (page = {}) =>
      ask('GetTopics', [GetTopicsRequestSchema, fieldsOf(page)], GetTopicsResponseSchema)?.topics ??
      client.topicsUnverified(page),
    topicUnverified: async (topicId) =>
      ask('GetTopic', [GetTopicRequestSchema, { topicId }], GetTopicResponseSchema)?.topic ??
      client.topicUnverified(topicId),
    async answerUnverified(topicId, nonce = 0n) {
      const found = ask('GetAnswer', [GetAnswerRequestSchema, { topicId, nonce }], GetAnswerResponseSchema)
      if (found?.answer === undefined) return client.answerUnverified(topicId, nonce)
      return { answer: found.answer, height: found.height }
    },
    epochUnverified: async (topicId, nonce = 0n) =>
      ask('GetEpoch', [GetEpochRequestSchema, { topicId, nonce }], GetEpochResponseSchema)?.epoch ??
      client.epochUnverified(topicId, nonce),
    epochsUnverified: async (topicId, page = {}) =>
      ask('GetEpochs', [GetEpochsRequestSchema, { topicId, ...fieldsOf(page) }], GetEpochsResponseSchema)?.epochs ??
      client.epochsUnverified(topicId, page),
    truthsUnverified: async (topicId, page = {}) =>
      ask('GetTruths', [GetTruthsRequestSchema, { topicId, ...fieldsOf(page) }], GetTruthsResponseSchema)?.truths ??
      client.truthsUnverified(topicId, page),
    lossesUnverified: async (topicId, page = {}) =>
      ask('GetLosses', [GetLossesRequestSchema, { topicId, ...fieldsOf(page) }], GetLossesResponseSchema)?.epochs ??
      client.lossesUnverified(topicId, page),
    ledgerUnverified: async () =>
      ask('GetLedger', [GetLedgerRequestSchema, {}], GetLedgerResponseSchema) ?? client.ledgerUnverified(),
  }
}

function fieldsOf({ after = 0n, limit = 0 }: Page<bigint>): { readonly after: bigint; readonly limit: bigint } {
  return { after, limit: BigInt(limit) }
}
