import type { FastifyInstance } from 'fastify'
import { PROGRAM } from '../../server/blocks/identity.ts'
import { grpcStatus } from '../../server/grpcStatus.ts'
import { isoTime } from '../../server/isoTime.ts'
import type { ChainContext } from '../../server/nodeQuery.ts'
import { nodeConfig } from '../../server/rest/nodeConfig.ts'
import { addRoute, parametersOf } from '../../server/rest/queryRoutes.ts'
import { ServerError } from '../../server/serverError.ts'
import { type CometRpc, CometRpcError, isRecord } from './cometRpc.ts'
import { toGatewayJson } from './toGatewayJson.ts'

const BASE = '/cosmos/base/tendermint/v1beta1'

/** Adds what the Cosmos SDK tells of node and blocks, as CometBFT's RPC server has it. */
export function addCometRoutes(app: FastifyInstance, context: ChainContext, rpc: CometRpc): void {
  const ask = async (method: string, params?: Readonly<Record<string, unknown>>): Promise<Json> => {
    try {
      const result = await rpc(method, params)
      return isRecord(result) ? result : {}
    } catch (error) {
      if (!(error instanceof CometRpcError)) throw error
      throw new ServerError(error.unreachable ? grpcStatus.UNAVAILABLE : grpcStatus.NOT_FOUND, error.message)
    }
  }
  const block = async (params?: Json): Promise<string> => {
    const { block_id, block } = await ask('block', params)
    if (!isRecord(block)) throw new ServerError(grpcStatus.UNAVAILABLE, 'CometBFT has no block yet; ask again later.')
    const json = toGatewayJson(block)
    return JSON.stringify({ block_id: toGatewayJson(block_id), block: json, sdk_block: json })
  }
  addRoute(app, 'GET', `${BASE}/node_info`, async () => nodeInfo((await ask('status')).node_info))
  addRoute(app, 'GET', `${BASE}/syncing`, async () => {
    const { sync_info } = await ask('status')
    return JSON.stringify({ syncing: isRecord(sync_info) && sync_info.catching_up === true })
  })
  addRoute(app, 'GET', `${BASE}/blocks/latest`, () => block())
  addRoute(app, 'GET', `${BASE}/blocks/{height}`, (request) => {
    const [text = ''] = parametersOf(request).get('height') ?? []
    if (/^[1-9]\d{0,17}$/.test(text)) return block({ height: text })
    const sentence = `height must be a whole number from 1, got "${text.slice(0, 80)}"`
    throw new ServerError(grpcStatus.INVALID_ARGUMENT, sentence)
  })
  addRoute(app, 'GET', '/cosmos/base/node/v1beta1/config', () => JSON.stringify(nodeConfig(context)))
  addRoute(app, 'GET', '/cosmos/base/node/v1beta1/status', () => nodeStatus(context))
}

type Json = Readonly<Record<string, unknown>>

function nodeInfo(info: unknown): string {
  const { id, channels, ...others } = isRecord(info) ? info : {}
  const bytes = Buffer.from(String(channels ?? ''), 'hex').toString('base64')
  const application_version = { name: PROGRAM.name, app_name: PROGRAM.name, version: PROGRAM.version }
  const default_node_info = { default_node_id: id, ...others, channels: bytes }
  return JSON.stringify({ default_node_info, application_version })
}

function nodeStatus({ engine }: ChainContext): string {
  const { height, timeMs, appHash } = engine.status()
  return JSON.stringify({
    earliest_store_height: String(height),
    height: String(height),
    timestamp: isoTime(timeMs),
    app_hash: Buffer.from(appHash).toString('base64'),
  })
}
