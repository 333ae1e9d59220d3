import { answerQuery } from '../../app/answerQuery.ts'
import type { QueryResult } from '../../app/application.ts'
import type { BlockSummary } from '../../engine/local/blockStore.ts'
import { toUpperHex } from '../../engine/local/bytes.ts'
import type { EngineStatus } from '../../engine/local/localEngine.ts'
import { COMET_VERSION, EMPTY_HASH, identityOf, PROGRAM, PROTOCOLS } from '../blocks/identity.ts'
import { isoTime } from '../isoTime.ts'
import { nodeQueries } from '../nodeQueries.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { readFlag, readHexBytes, readText, readWhole } from './params.ts'
import { base64OrNull } from './resultJson.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethod } from './rpcMethod.ts'

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
        first ??= engine.store.summary(1n)
        return statusJson(engine.status(), first)
      },
    },
    abci_info: {
      params: [],
      run() {
        const { height, appHash } = engine.status()
        const where = { last_block_height: String(height), last_block_app_hash: base64(appHash) }
        return { response: { data: PROGRAM.name, version: PROGRAM.version, app_version: '0', ...where } }
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

function statusJson(status: EngineStatus, first: BlockSummary | undefined): object {
  const { chainId, height, blockHash, appHash, timeMs } = status
  const { nodeId, publicKey, address } = identityOf(chainId)
  return {
    node_info: {
      protocol_version: { ...PROTOCOLS, app: '0' },
      id: Buffer.from(nodeId).toString('hex'),
      listen_addr: 'tcp://127.0.0.1:0',
      network: chainId,
      version: COMET_VERSION,
      channels: '',
      moniker: PROGRAM.name,
      other: { tx_index: 'on', rpc_address: '' },
    },
    sync_info: {
      // Clients refuse an empty hash, so a chain without a block shows the hash of nothing.
      latest_block_hash: toUpperHex(blockHash.length === 0 ? EMPTY_HASH : blockHash),
      latest_app_hash: toUpperHex(appHash.length === 0 ? EMPTY_HASH : appHash),
      latest_block_height: String(height),
      latest_block_time: isoTime(timeMs),
      earliest_block_hash: first === undefined ? '' : toUpperHex(first.hash),
      earliest_app_hash: first === undefined ? '' : toUpperHex(first.header.appHash),
      earliest_block_height: first === undefined ? '0' : '1',
      earliest_block_time: isoTime(first?.header.timeMs ?? timeMs),
      catching_up: false,
    },
    validator_info: {
      address: toUpperHex(address),
      pub_key: { type: 'tendermint/PubKeyEd25519', value: base64(publicKey) },
      voting_power: '1',
    },
  }
}

const byPath = new Map(nodeQueries.flatMap((row) => (row.method === 'GET' ? [[row.grpc, row] as const] : [])))

function answer(context: NodeContext, query: Parameters<NodeContext['application']['query']>[0]): QueryResult {
  const row = byPath.get(query.path)
  const height = context.engine.store.height()
  if (height === 0n) throw new RpcError(-32603, 'the chain has no block yet; ask again when it has made the first')
  return row === undefined ? context.application.query(query) : answerQuery(row, context, query.data, height)
}

function queryJson({ code, codespace, log, key, value, height }: QueryResult): object {
  return {
    code,
    log,
    info: '',
    index: '0',
    key: base64OrNull(key),
    value: base64OrNull(value),
    proofOps: null,
    height: String(height),
    codespace,
  }
}
