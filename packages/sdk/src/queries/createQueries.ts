import { type DescMessage, fromJson, type JsonValue, type MessageShape } from '@bufbuild/protobuf'
import { GetPaymentsResponseSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import {
  GetActorResponseSchema,
  GetAnswerResponseSchema,
  GetAnswersResponseSchema,
  GetCalibrationResponseSchema,
  GetContributorsResponseSchema,
  GetEpochResponseSchema,
  GetEpochsResponseSchema,
  GetFeesResponseSchema,
  GetHistoryResponseSchema,
  GetLedgerResponseSchema,
  GetLossesResponseSchema,
  GetResultResponseSchema,
  GetTallyResponseSchema,
  GetTopicResponseSchema,
  GetTopicsResponseSchema,
  GetTruthsResponseSchema,
  GetWindowsResponseSchema,
  GetWorkersResponseSchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import { queryString, type Rest } from '../http/createRest.ts'
import { at, integerAt, notANode, textAt } from '../http/json.ts'
import { isNotOffered } from '../http/restError.ts'
import { StarlingError } from '../starlingError.ts'
import { readTxResponse } from '../tx/readTx.ts'
import type { Client } from '../types.ts'

/** The part of a client that only asks. */
export type Queries = Pick<
  Client,
  | 'chainId'
  | 'height'
  | 'topicsUnverified'
  | 'topicUnverified'
  | 'windowsUnverified'
  | 'answerUnverified'
  | 'epochUnverified'
  | 'answersUnverified'
  | 'epochsUnverified'
  | 'truthsUnverified'
  | 'lossesUnverified'
  | 'historyUnverified'
  | 'tallyUnverified'
  | 'resultUnverified'
  | 'calibrationUnverified'
  | 'contributorsUnverified'
  | 'actorUnverified'
  | 'workersUnverified'
  | 'paymentsUnverified'
  | 'ledgerUnverified'
  | 'feesUnverified'
  | 'balanceUnverified'
  | 'accountUnverified'
  | 'feed'
  | 'tx'
>

type StateQueries = Omit<Queries, 'chainId' | 'height' | 'balanceUnverified' | 'accountUnverified' | 'feed' | 'tx'>

/** Typed queries over REST. */
export function createQueries(rest: Rest): Queries {
  return { ...stateQueries(rest), ...chainQueries(rest) }
}

function stateQueries(rest: Rest): StateQueries {
  const ask = <S extends DescMessage>(schema: S, path: string): Promise<MessageShape<S>> =>
    rest.get(`/starling/v1${path}`, (json) => decode(schema, json))
  const topicPath = (topicId: bigint, rest: string): string => `/topics/${topicId}${rest}`
  return {
    topicsUnverified: async (page = {}) => (await ask(GetTopicsResponseSchema, `/topics${queryString(page)}`)).topics,
    topicUnverified: async (id) => present('topic', (await ask(GetTopicResponseSchema, topicPath(id, ''))).topic),
    windowsUnverified: (id) => ask(GetWindowsResponseSchema, topicPath(id, '/windows')),
    async answerUnverified(id, nonce) {
      const response = await ask(GetAnswerResponseSchema, topicPath(id, `/answer${queryString({ nonce })}`))
      return { answer: present('answer', response.answer), height: response.height }
    },
    answersUnverified: async (id, page = {}) =>
      (await ask(GetAnswersResponseSchema, topicPath(id, `/answers${queryString(page)}`))).answers,
    epochUnverified: async (id, nonce = 0n) =>
      present('epoch', (await ask(GetEpochResponseSchema, topicPath(id, `/epochs/${nonce}`))).epoch),
    epochsUnverified: async (id, page = {}) =>
      (await ask(GetEpochsResponseSchema, topicPath(id, `/epochs${queryString(page)}`))).epochs,
    truthsUnverified: async (id, page = {}) =>
      (await ask(GetTruthsResponseSchema, topicPath(id, `/truths${queryString(page)}`))).truths,
    lossesUnverified: async (id, page = {}) =>
      (await ask(GetLossesResponseSchema, topicPath(id, `/losses${queryString(page)}`))).epochs,
    historyUnverified: (id, range = {}) =>
      ask(GetHistoryResponseSchema, topicPath(id, `/history${queryString(range)}`)),
    tallyUnverified: (id, range = {}) => ask(GetTallyResponseSchema, topicPath(id, `/tally${queryString(range)}`)),
    resultUnverified: (id, address, nonce) =>
      ask(GetResultResponseSchema, topicPath(id, `/results/${encodeURIComponent(address)}${queryString({ nonce })}`)),
    calibrationUnverified: (id) => ask(GetCalibrationResponseSchema, topicPath(id, '/calibration')),
    contributorsUnverified: (id, page = {}) =>
      ask(GetContributorsResponseSchema, topicPath(id, `/contributors${queryString(page)}`)),
    actorUnverified: (id, address) =>
      ask(GetActorResponseSchema, topicPath(id, `/actors/${encodeURIComponent(address)}`)),
    workersUnverified: async (id, page = {}) =>
      (await ask(GetWorkersResponseSchema, topicPath(id, `/workers${queryString(page)}`))).addresses,
    paymentsUnverified: (id, page = {}) =>
      ask(GetPaymentsResponseSchema, topicPath(id, `/payments${queryString(page)}`)),
    ledgerUnverified: () => ask(GetLedgerResponseSchema, '/ledger'),
    feesUnverified: async () => present('params', (await ask(GetFeesResponseSchema, '/fees')).params),
  }
}

function chainQueries(rest: Rest): Omit<Queries, keyof StateQueries> {
  let chainId: string | undefined
  return {
    async chainId() {
      chainId ??= await rest.get('/cosmos/base/tendermint/v1beta1/node_info', (json) =>
        textAt(json, 'default_node_info', 'network'),
      )
      return chainId
    },
    async height() {
      const newest = rest.get('/cosmos/base/tendermint/v1beta1/blocks/latest', (json) =>
        integerAt(json, ['block', 'header', 'height']),
      )
      return (await orUndefined(newest)) ?? 0n
    },
    balanceUnverified: (address) =>
      rest.get(`/cosmos/bank/v1beta1/balances/${encodeURIComponent(address)}/by_denom?denom=uallo`, (json) => {
        const amount = parseAmount(textAt(json, 'balance', 'amount'))
        if (typeof amount !== 'bigint') throw notANode(`a balance that ${amount.fault}`)
        return amount
      }),
    accountUnverified: (address) =>
      orUndefined(rest.get(`/cosmos/auth/v1beta1/accounts/${encodeURIComponent(address)}`, readAccount)),
    async feed(topic, nonce) {
      const path = `/local/feed/${encodeURIComponent(topic)}${queryString({ nonce })}`
      try {
        return await orUndefined(rest.get(path, (json) => json))
      } catch (error) {
        if (isNotOffered(error)) return undefined
        throw error
      }
    },
    async tx(hash) {
      if (!/^[0-9a-fA-F]{64}$/.test(hash)) {
        throw new StarlingError('bad-input', `"${hash}" is no hash of a transaction: it has 64 hexadecimal digits.`)
      }
      return orUndefined(rest.get(`/cosmos/tx/v1beta1/txs/${hash.toUpperCase()}`, readTxResponse))
    },
  }
}

function readAccount(json: unknown): { readonly accountNumber: bigint; readonly sequence: bigint } {
  const account = at(json, 'account')
  // Module accounts wrap what other accounts are.
  const base = at(account, 'base_account') ?? account
  return { accountNumber: integerAt(base, ['account_number'], 0n), sequence: integerAt(base, ['sequence'], 0n) }
}

function decode<S extends DescMessage>(schema: S, json: unknown): MessageShape<S> {
  try {
    // It came out of JSON.parse.
    return fromJson(schema, json as JsonValue, { ignoreUnknownFields: true })
  } catch (error) {
    throw notANode(`no ${schema.typeName}`, error)
  }
}

function present<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw notANode(`no ${name}`)
  return value
}

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof StarlingError && error.kind === 'not-found') return undefined
    throw error
  }
}
