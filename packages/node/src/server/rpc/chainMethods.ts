import type { ProofOp } from '@starling/protocol/proof/proofOp'
import { answerQuery } from '../../app/answerQuery.ts'
import type { QueryResult } from '../../app/application.ts'
import { COMET_VERSION } from '../../engine/cometbft/cometVersion.ts'
import type { BlockSummary } from '../../engine/local/blockStore.ts'
import { toUpperHex } from '../../engine/local/bytes.ts'
import { nodeIdOf, PROGRAM, PROTOCOLS } from '../blocks/identity.ts'
import { isoTime } from '../isoTime.ts'
import { nodeQueries } from '../nodeQueries.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { readFlag, readHexBytes, readText, readWhole } from './params.ts'
import { newestHeight } from './readHeight.ts'
import { base64OrNull } from './resultJson.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethod } from './rpcMethod.ts'
import { validatorJson } from './validatorMethods.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Methods that tell where node and chain stand, and read the state. */
export function chainMethods(context: NodeContext): Readonly<Record<string, RpcMethod>> {
  const { engine } = context
  // PERF: the first block never changes.
  let first: BlockSummary | undefined
  return {
    health: { params: [], run: () => ({}) },
    status: {
      params: [],
      run() {
        const newest = engine.store.summary(newestHeight(engine.store))
        first ??= engine.store.summary(1n)
        if (newest === undefined || first === undefined) throw new RpcError(-32603, 'the block store is damaged')
        return statusJson(context, newest, first)
      },
    },
    abci_info: {
      params: [],
      run() {
        newestHeight(engine.store)
        const { height, appHash } = engine.status()
        const where = { last_block_height: String(height), last_block_app_hash: base64(appHash) }
        return { response: { data: PROGRAM.name, version: PROGRAM.version, app_version: PROTOCOLS.app, ...where } }
      },
    },
    abci_query: {
      params: ['path', 'data', 'height', 'prove'],
      run(params) {
        const path = readText(params, 'path') ?? ''
        const height = BigInt(readWhole(params, 'height', 0) ?? 0)
        const prove = readFlag(params, 'prove')
        return { response: queryJson(answer(context, { path, data: readHexBytes(params, 'data'), height, prove })) }
      },
    },
    net_info: { params: [], run: () => ({ listening: true, listeners: [], n_peers: '0', peers: [] }) },
  }
}

function statusJson({ engine }: NodeContext, newest: BlockSummary, first: BlockSummary): object {
  const { chainId } = newest.header
  return {
    node_info: {
      protocol_version: PROTOCOLS,
      id: nodeIdOf(engine.validator),
      listen_addr: 'tcp://127.0.0.1:0',
      network: chainId,
      version: COMET_VERSION,
      channels: '',
      moniker: PROGRAM.name,
      other: { tx_index: 'on', rpc_address: '' },
    },
    sync_info: { ...blockInfo('latest', newest), ...blockInfo('earliest', first), catching_up: false },
    validator_info: validatorJson(engine.validator),
  }
}

/** Where a block stands; the application's hash is the header's, so the one after the block before. */
function blockInfo(which: 'latest' | 'earliest', { hash, header }: BlockSummary): object {
  return {
    [`${which}_block_hash`]: toUpperHex(hash),
    [`${which}_app_hash`]: toUpperHex(header.appHash),
    [`${which}_block_height`]: String(header.height),
    [`${which}_block_time`]: isoTime(header.timeMs),
  }
}

const byPath = new Map(nodeQueries.flatMap((row) => (row.method === 'GET' ? [[row.grpc, row] as const] : [])))

function answer(context: NodeContext, query: Parameters<NodeContext['application']['query']>[0]): QueryResult {
  const row = byPath.get(query.path)
  const height = newestHeight(context.engine.store)
  return row === undefined ? context.application.query(query) : answerQuery(row, context, query.data, height)
}

function queryJson({ code, codespace, log, key, value, height, proofOps }: QueryResult): object {
  return {
    code,
    log,
    info: '',
    index: '0',
    key: base64OrNull(key),
    value: base64OrNull(value),
    proofOps: proofOps === undefined ? null : { ops: proofOps.map(proofOpJson) },
    height: String(height),
    codespace,
  }
}

function proofOpJson({ type, key, data }: ProofOp): object {
  return { type, key: base64(key), data: base64(data) }
}
