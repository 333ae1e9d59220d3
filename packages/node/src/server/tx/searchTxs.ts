import { QueryError } from '../../app/queryError.ts'
import type { BlockStore, StoredTx } from '../../engine/local/blockStore.ts'
import { QueryError as GrammarError } from '../../engine/local/query/queryError.ts'
import { txSearch } from '../../engine/local/query/txSearch.ts'

/** One page of a search; pages count from 1. */
export type TxPage = {
  readonly query: string
  readonly page: number
  readonly perPage: number
  readonly order: 'asc' | 'desc'
}

/** Finds committed transactions. A query or page that is wrong throws a `QueryError` with a sentence. */
export function searchTxs(
  store: BlockStore,
  wanted: TxPage,
): { readonly txs: readonly StoredTx[]; readonly totalCount: number } {
  try {
    const first = txSearch(store, { ...wanted, page: 1 })
    if (wanted.page === 1) return first
    const pages = Math.max(1, Math.ceil(first.totalCount / wanted.perPage))
    if (wanted.page <= pages) return txSearch(store, wanted)
    throw new QueryError('INVALID_ARGUMENT', `page should be within 1 to ${pages}, but is ${wanted.page}`)
  } catch (error) {
    if (error instanceof GrammarError) throw new QueryError('INVALID_ARGUMENT', error.message)
    throw error
  }
}
