import type { CheckResult } from '../../app/application.ts'
import { toUpperHex } from '../../engine/local/bytes.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { searchTxs } from '../tx/searchTxs.ts'
import { invalid, readBase64, readFlag, readText, readWhole } from './params.ts'
import { storedTxJson } from './resultJson.ts'
import { RpcError } from './rpcError.ts'
import type { RpcMethod, RpcParams } from './rpcMethod.ts'

const MAX_PER_PAGE = 100

/**
 * Methods that send and find transactions. `prove` is read, but answers carry no proof, which is optional there: the
 * embedded engine keeps none, and a client that checks one finds it missing.
 */
export function txMethods({ engine }: NodeContext): Readonly<Record<string, RpcMethod>> {
  const submit = (params: RpcParams): CheckResult & { readonly hash: string } => {
    const tx = readBase64(params, 'tx')
    if (tx === undefined || tx.length === 0) throw invalid('tx is missing; give a signed transaction in base64')
    return engine.submitTx(tx)
  }
  return {
    broadcast_tx_sync: {
      params: ['tx'],
      run(params) {
        const { code, log, codespace, hash } = submit(params)
        return { code, data: '', log, codespace, hash }
      },
    },
    broadcast_tx_async: {
      params: ['tx'],
      run: (params) => ({ code: 0, data: '', log: '', codespace: '', hash: submit(params).hash }),
    },
    tx: {
      params: ['hash', 'prove'],
      run(params) {
        const hash = readHash(params)
        readFlag(params, 'prove')
        const stored = engine.store.tx(hash)
        if (stored === undefined) throw new RpcError(-32603, `tx (${hash}) not found`)
        return storedTxJson(stored)
      },
    },
    tx_search: {
      params: ['query', 'prove', 'page', 'per_page', 'order_by'],
      run(params) {
        readFlag(params, 'prove')
        const page = readWhole(params, 'page', 1) ?? 1
        const perPage = Math.min(readWhole(params, 'per_page', 1) ?? 30, MAX_PER_PAGE)
        const query = readText(params, 'query') ?? ''
        const { txs, totalCount } = searchTxs(engine.store, { query, page, perPage, order: readOrder(params) })
        return { txs: txs.map(storedTxJson), total_count: String(totalCount) }
      },
    },
  }
}

function readHash(params: RpcParams): string {
  const bytes = readBase64(params, 'hash')
  if (bytes?.length === 32) return toUpperHex(bytes)
  throw invalid(`hash must have 32 bytes, got ${bytes?.length ?? 'nothing'}`)
}

function readOrder(params: RpcParams): 'asc' | 'desc' {
  const text = readText(params, 'order_by') ?? ''
  if (text === '' || text === 'asc') return 'asc'
  if (text === 'desc') return 'desc'
  throw invalid(`order_by must be asc or desc, got "${text.slice(0, 80)}"`)
}
