import { create, fromBinary } from '@bufbuild/protobuf'
import { GetTxsEventResponseSchema, OrderBy, OrderBySchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/service_pb'
import { TxSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import type { FastifyInstance } from 'fastify'
import { QueryError } from '../../app/queryError.ts'
import { messageToJson } from '../json/messageToJson.ts'
import type { ChainContext } from '../nodeQuery.ts'
import { searchTxs, type TxPage } from '../tx/searchTxs.ts'
import { txResponse } from '../tx/txResponse.ts'
import { addRoute, parametersOf } from './queryRoutes.ts'
import type { Parameters } from './readRequest.ts'

const MAX_TXS = 100

/**
 * Adds GetTxsEvent: `?query=&page=&limit=&order_by=`. It is no row of the table because the fields of today's request
 * and response are not in the schemas that we generate from.
 */
export function addTxSearchRoute(app: FastifyInstance, { engine }: ChainContext): void {
  addRoute(app, 'GET', '/cosmos/tx/v1beta1/txs', (request) => {
    const { txs, totalCount } = searchTxs(engine.store, readPage(parametersOf(request)))
    const response = create(GetTxsEventResponseSchema, {
      txs: txs.map(({ tx }) => fromBinary(TxSchema, tx)),
      txResponses: txs.map((tx) => txResponse(engine.store, tx)),
    })
    return JSON.stringify({ ...messageToJson(GetTxsEventResponseSchema, response), total: String(totalCount) })
  })
}

const known = ['query', 'events', 'page', 'limit', 'order_by']

function readPage(parameters: Parameters): TxPage {
  const stranger = [...parameters.keys()].find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw refused(`"${stranger.slice(0, 80)}" is no parameter of this query; it takes ${known.join(', ')}`)
  }
  const query = one(parameters, 'query') ?? parameters.get('events')?.join(' AND ') ?? ''
  return {
    query,
    page: wholeNumber(parameters, 'page', Number.MAX_SAFE_INTEGER) || 1,
    perPage: wholeNumber(parameters, 'limit', MAX_TXS) || MAX_TXS,
    order: readOrder(one(parameters, 'order_by')),
  }
}

function one(parameters: Parameters, name: string): string | undefined {
  const [text, ...more] = parameters.get(name) ?? []
  if (more.length > 0) throw refused(`${name} is one value, but is given ${more.length + 1} times; give it once`)
  return text
}

/** 0, the default, where the parameter is missing: clients of the reference send 0 for what they leave open. */
function wholeNumber(parameters: Parameters, name: string, most: number): number {
  const text = one(parameters, name) ?? '0'
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value <= most) return value
  throw refused(`${name} must be a whole number from 0 (the default) to ${most}, got "${text.slice(0, 80)}"`)
}

function readOrder(text: string | undefined): TxPage['order'] {
  if (text === undefined) return 'asc'
  const row = OrderBySchema.values.find(({ name, number }) => name === text || String(number) === text)
  if (row === undefined) {
    const names = OrderBySchema.values.map(({ name, number }) => `${name} (${number})`).join(', ')
    throw refused(`order_by must be one of ${names}, got "${text.slice(0, 80)}"`)
  }
  return row.number === OrderBy.DESC ? 'desc' : 'asc'
}

function refused(sentence: string): QueryError {
  return new QueryError('INVALID_ARGUMENT', sentence)
}
