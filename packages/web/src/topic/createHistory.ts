import type { GetHistoryResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import { type HistoryColumns, joinColumns, noColumns, sliceColumns, toColumns } from './historyColumns.ts'

/** What is known of a topic's past. */
export type KnownHistory = {
  /** Epochs without a gap, among them the newest wanted ones that are here. */
  readonly columns: HistoryColumns
  /** Nonce of the oldest epoch that the node keeps; undefined before it has said so. */
  readonly oldest: number | undefined
  /** Pages that are wanted and not here. */
  readonly missing: number
  readonly error?: Error
}

/** Nonces, both among them, and the newest nonce of the topic. */
export type WantedHistory = { readonly from: number; readonly to: number; readonly newest: number }

/** Loads a topic's past in pages as they are wanted. */
export type History = {
  /** Asks for what is missing of a range, the newest first; what was asked for before and is not wanted now waits. */
  want(wanted: WantedHistory): void
  /** Asks again for the newest epochs, as some of them have closed. */
  refresh(): void
  close(): void
}

type Setup = {
  readonly ask: (range: { readonly after: bigint; readonly until: bigint }) => Promise<GetHistoryResponse>
  readonly epochLength: number
  readonly tell: (known: KnownHistory) => void
}

/** Epochs of a page; as many as one question brings. */
export const HISTORY_PAGE = 1024
/** Pages in memory; beyond them those go that are farthest from what is wanted. */
const MOST_PAGES = 128
/** Epochs at the end that may close after younger ones. */
const TAIL = 32
const TELL_MS = 1000

/** The past of one topic: at most 131,072 epochs in memory, each asked for once, told of at most once a second. */
export function createHistory({ ask, epochLength, tell }: Setup): History {
  const width = HISTORY_PAGE * epochLength
  const pages = new Map<number, HistoryColumns>()
  let wanted: WantedHistory | undefined
  let oldest: number | undefined
  let [isRunning, isStale, isClosed, toldAt] = [false, false, false, 0]

  const read = async (after: number, until: number): Promise<HistoryColumns> => {
    const parts: HistoryColumns[] = []
    for (let last = after; ; ) {
      const answer = await ask({ after: BigInt(last), until: BigInt(until) })
      oldest = Number(answer.oldest)
      const part = toColumns(answer)
      const newest = part.nonces.at(-1)
      if (newest === undefined) return joinColumns(parts)
      parts.push(part)
      last = newest
      if (last + epochLength > Math.min(until, wanted?.newest ?? until)) return joinColumns(parts)
    }
  }
  /** Numbers of the wanted pages, the newest first. */
  const wantedPages = (): readonly number[] => {
    if (wanted === undefined) return []
    const last = Math.floor(wanted.to / width)
    const first = Math.max(Math.floor(Math.max(wanted.from, oldest ?? 0) / width), last - MOST_PAGES + 1)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i)
  }
  const missing = (): readonly number[] => wantedPages().filter((page) => !pages.has(page))
  const joined = (): HistoryColumns => {
    const start = wantedPages().find((page) => pages.has(page))
    if (start === undefined) return noColumns
    const run: HistoryColumns[] = []
    for (let page = start, one = pages.get(page); one !== undefined; one = pages.get(--page)) run.unshift(one)
    for (let page = start + 1, one = pages.get(page); one !== undefined; one = pages.get(++page)) run.push(one)
    return joinColumns(run)
  }
  let told: KnownHistory = { columns: noColumns, oldest, missing: 0 }
  const publish = (error?: Error): void => {
    toldAt = Date.now()
    told = { columns: joined(), oldest, missing: missing().length, ...(error === undefined ? {} : { error }) }
    tell(told)
  }
  const forget = (): void => {
    const needed = new Set(wantedPages())
    const last = Math.floor((wanted?.to ?? 0) / width)
    const far = (page: number): number => Math.abs(page - last)
    const idle = [...pages.keys()].filter((page) => !needed.has(page)).sort((a, b) => far(b) - far(a))
    for (const page of idle.slice(0, Math.max(0, pages.size - MOST_PAGES))) pages.delete(page)
  }
  /** Pages that are here and have epochs that may have closed meanwhile. */
  const loose = (): readonly number[] =>
    [...pages.keys()].filter((page) => (page + 1) * width > (wanted?.newest ?? 0) - TAIL * epochLength)
  const readTail = async (page: number): Promise<void> => {
    const known = pages.get(page) ?? noColumns
    const kept = sliceColumns(known, 0, Math.max(0, known.nonces.length - TAIL))
    const fresh = await read(kept.nonces.at(-1) ?? page * width - 1, (page + 1) * width - 1)
    pages.set(page, joinColumns([kept, fresh]))
  }
  const step = async (): Promise<boolean> => {
    if (isStale) {
      isStale = false
      for (const page of loose()) await readTail(page)
      return true
    }
    const [page] = missing()
    if (page === undefined) return false
    pages.set(page, await read(page * width - 1, (page + 1) * width - 1))
    forget()
    return true
  }
  const run = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    try {
      while (!isClosed && (await step())) if (Date.now() - toldAt > TELL_MS && !isClosed) publish()
      if (!isClosed) publish()
    } catch (error) {
      if (!isClosed) publish(error instanceof Error ? error : new Error(String(error)))
    }
    isRunning = false
  }
  return {
    want(next) {
      wanted = next
      // That more is to come is told at once.
      const { length } = missing()
      if (length > told.missing) {
        told = { ...told, missing: length }
        tell(told)
      }
      void run()
    },
    refresh() {
      isStale = true
      void run()
    },
    close() {
      isClosed = true
    },
  }
}
