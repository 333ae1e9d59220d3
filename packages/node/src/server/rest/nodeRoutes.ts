import { validatorsHash } from '@starling/protocol/proof/validatorsHash'
import type { FastifyInstance } from 'fastify'
import { QueryError } from '../../app/queryError.ts'
import { COMET_VERSION } from '../../engine/cometbft/cometVersion.ts'
import { type BlockStyle, blockIdJson, blockJson } from '../blocks/blockJson.ts'
import { nodeIdOf, PROGRAM, PROTOCOLS } from '../blocks/identity.ts'
import { isoTime } from '../isoTime.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { nodeConfig } from './nodeConfig.ts'
import { addRoute, parametersOf } from './queryRoutes.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const style: BlockStyle = { hash: base64, parts: 'part_set_header', committed: 'BLOCK_ID_FLAG_COMMIT' }

/**
 * Adds what the Cosmos SDK tells of node and blocks. Plain JSON in the exact shape: the schemas would bring in all of
 * CometBFT's.
 */
export function addNodeRoutes(app: FastifyInstance, context: NodeContext): void {
  const { engine } = context
  const get = (path: string, answer: (parameters: ReturnType<typeof parametersOf>) => object): void =>
    addRoute(app, 'GET', path, (request) => JSON.stringify(answer(parametersOf(request))))
  get('/cosmos/base/tendermint/v1beta1/node_info', () => nodeInfo(context))
  get('/cosmos/base/tendermint/v1beta1/syncing', () => ({ syncing: false }))
  get('/cosmos/base/tendermint/v1beta1/blocks/latest', () => blockAt(context, engine.store.height()))
  get('/cosmos/base/tendermint/v1beta1/blocks/{height}', (parameters) =>
    blockAt(context, readBlockHeight(parameters.get('height')?.[0] ?? '')),
  )
  get('/cosmos/base/node/v1beta1/config', () => nodeConfig(context))
  get('/cosmos/base/node/v1beta1/status', () => nodeStatus(context))
}

function nodeInfo({ engine }: NodeContext): object {
  const { chainId } = engine.status()
  return {
    default_node_info: {
      protocol_version: PROTOCOLS,
      default_node_id: nodeIdOf(engine.validator),
      listen_addr: '',
      network: chainId,
      version: COMET_VERSION,
      channels: '',
      moniker: PROGRAM.name,
      other: { tx_index: 'on', rpc_address: '' },
    },
    application_version: {
      name: PROGRAM.name,
      app_name: PROGRAM.name,
      version: PROGRAM.version,
      git_commit: '',
      build_tags: '',
      go_version: '',
      build_deps: [],
      cosmos_sdk_version: '',
    },
  }
}

function readBlockHeight(text: string): bigint {
  if (/^\d{1,18}$/.test(text) && BigInt(text) > 0n) return BigInt(text)
  throw new QueryError('INVALID_ARGUMENT', `height must be a whole number from 1, got "${text.slice(0, 80)}"`)
}

function blockAt({ engine }: NodeContext, height: bigint): object {
  const block = engine.store.block(height)
  if (block === undefined) {
    const newest = engine.store.height()
    throw new QueryError('NOT_FOUND', `block ${height} not found; the newest block is ${newest}`)
  }
  const json = blockJson(style, block)
  return { block_id: blockIdJson(style, block), block: json, sdk_block: json }
}

function nodeStatus({ engine }: NodeContext): object {
  const { height, timeMs, appHash } = engine.status()
  return {
    earliest_store_height: String(height),
    height: String(height),
    timestamp: isoTime(timeMs),
    app_hash: base64(appHash),
    validator_hash: base64(validatorsHash([engine.validator])),
  }
}
