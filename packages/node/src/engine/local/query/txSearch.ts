import type { BlockStore, StoredTx } from '../blockStore.ts'
import { txEventMap } from '../eventMap.ts'
import type { HeightRange, TxLocation } from '../storeKeys.ts'
import { matchQuery } from './matchQuery.ts'
import { type Condition, parseQuery } from './parseQuery.ts'

/** What to search; pages count from 1. */
export type TxSearchInput = {
  readonly query: string
  /** Default 1. */
  readonly page?: number
  /** Default 30, at most 100 (larger is cut to 100). */
  readonly perPage?: number
  /** Default ascending. */
  readonly order?: 'asc' | 'desc'
}

/** One page of what was found and the count of all that was found. */
export type TxSearchResult = { readonly txs: readonly StoredTx[]; readonly totalCount: number }

const MAX_PER_PAGE = 100
const DEFAULT_PER_PAGE = 30

/** Finds committed transactions by query, in chain order. Throws `QueryError` for a bad query. */
export function txSearch(store: BlockStore, input: TxSearchInput): TxSearchResult {
  const { conditions, text } = parseQuery(input.query)
  const perPage = Math.min(wholeNumber('per_page', input.perPage ?? DEFAULT_PER_PAGE), MAX_PER_PAGE)
  const page = wholeNumber('page', input.page ?? 1)
  const rest: Condition[] = []
  const found = candidates(store, conditions, rest).filter((location) => {
    if (rest.length === 0) return true
    const tx = store.txAt(location)
    return tx !== undefined && matchQuery({ text, conditions: rest }, txEventMap(tx, true))
  })
  const pages = Math.max(1, Math.ceil(found.length / perPage))
  if (page > pages) throw new Error(`The page should be within 1 to ${pages}, but is ${page}. Ask for a page in range.`)
  if (input.order === 'desc') found.reverse()
  const shown = found.slice((page - 1) * perPage, page * perPage)
  return { txs: shown.flatMap((location) => store.txAt(location) ?? []), totalCount: found.length }
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new Error(`${name} is ${value}, but must be a whole number from 1. Give a positive whole number.`)
}

/** Locations that satisfy all conditions which the index answers exactly; the others are put into `rest`. */
function candidates(store: BlockStore, conditions: readonly Condition[], rest: Condition[]): TxLocation[] {
  const heights = heightRange(conditions, store.height())
  if (heights.from > heights.to) return []
  const lists: (readonly TxLocation[])[] = []
  let scanned: string | undefined
  for (const condition of conditions) {
    if (isHeightBound(condition)) continue
    const exact = exactList(store, condition, heights)
    if (exact !== undefined) {
      lists.push(exact)
      continue
    }
    rest.push(condition)
    if (!/^(tm|tx)\./.test(condition.key)) scanned ??= condition.key
  }
  if (lists.length === 0) lists.push(scanned === undefined ? store.locations(heights) : scan(store, scanned, heights))
  return intersect(lists)
}

function exactList(store: BlockStore, condition: Condition, heights: HeightRange): readonly TxLocation[] | undefined {
  if (condition.op !== '=' || condition.operand.kind !== 'string') return undefined
  const { key, operand } = condition
  if (key === 'tx.hash') {
    const tx = store.tx(operand.value)
    return tx !== undefined && tx.height >= heights.from && tx.height <= heights.to ? [tx] : []
  }
  if (key.startsWith('tm.') || key.startsWith('tx.')) return undefined
  return store.locationsWithValue(key, operand.value, heights)
}

const BOUND = /^\d{1,19}$/

function isHeightBound(condition: Condition): boolean {
  if (condition.key !== 'tx.height' || condition.op === 'EXISTS' || condition.op === 'CONTAINS') return false
  return condition.operand.kind === 'number' && BOUND.test(condition.operand.value)
}

function heightRange(conditions: readonly Condition[], newest: bigint): HeightRange {
  let from = 1n
  let to = newest
  for (const condition of conditions) {
    if (!isHeightBound(condition) || condition.op === 'EXISTS' || condition.op === 'CONTAINS') continue
    const bound = BigInt(condition.operand.value)
    const low = condition.op === '>' ? bound + 1n : condition.op === '>=' || condition.op === '=' ? bound : from
    const high = condition.op === '<' ? bound - 1n : condition.op === '<=' || condition.op === '=' ? bound : to
    if (low > from) from = low
    if (high < to) to = high
  }
  return { from, to }
}

function scan(store: BlockStore, key: string, heights: HeightRange): readonly TxLocation[] {
  const inRange = store.locationsWithKey(key).filter(({ height }) => height >= heights.from && height <= heights.to)
  const unique = new Map(inRange.map((location) => [nameOf(location), location]))
  return [...unique.values()].sort((a, b) => (a.height === b.height ? a.index - b.index : a.height < b.height ? -1 : 1))
}

const nameOf = ({ height, index }: TxLocation): string => `${height}/${index}`

function intersect(lists: readonly (readonly TxLocation[])[]): TxLocation[] {
  const [first = [], ...others] = lists
  const sets = others.map((list) => new Set(list.map(nameOf)))
  return first.filter((location) => sets.every((set) => set.has(nameOf(location))))
}
