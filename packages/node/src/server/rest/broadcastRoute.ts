import { create } from '@bufbuild/protobuf'
import {
  BroadcastMode,
  BroadcastTxRequestSchema,
  BroadcastTxResponseSchema,
} from '@starling/protocol/gen/cosmos/tx/v1beta1/service_pb'
import type { FastifyInstance } from 'fastify'
import { QueryError } from '../../app/queryError.ts'
import { messageToJson } from '../json/messageToJson.ts'
import type { ChainContext } from '../nodeQuery.ts'
import { broadcastTx } from '../tx/broadcastTx.ts'
import { addRoute } from './queryRoutes.ts'
import { readBody } from './readBody.ts'

/** Adds BroadcastTx. It is no row of the table because an engine in another process answers later. */
export function addBroadcastRoute(app: FastifyInstance, { engine }: ChainContext): void {
  addRoute(app, 'POST', '/cosmos/tx/v1beta1/txs', async ({ body }) => {
    const { mode, txBytes } = readBody(BroadcastTxRequestSchema, body)
    refuseBlockMode(mode)
    if (txBytes.length === 0) throw new QueryError('INVALID_ARGUMENT', 'tx_bytes is empty; give a signed transaction')
    const response = create(BroadcastTxResponseSchema, { txResponse: await broadcastTx(engine, txBytes) })
    return JSON.stringify(messageToJson(BroadcastTxResponseSchema, response))
  })
}

function refuseBlockMode(mode: BroadcastMode): void {
  if (mode === BroadcastMode.SYNC || mode === BroadcastMode.ASYNC) return
  const name = mode === BroadcastMode.BLOCK ? 'BROADCAST_MODE_BLOCK' : `mode ${mode}`
  const advice = 'send with BROADCAST_MODE_SYNC (2) and look for the hash in the blocks that follow'
  throw new QueryError('INVALID_ARGUMENT', `${name} is not supported; ${advice}`)
}
