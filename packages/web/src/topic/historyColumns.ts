import type { GetHistoryResponse } from '@starling/protocol/gen/starling/v1/query_pb'

/** Closed epochs of a topic in columns, oldest first; NaN where there is no number. */
export type HistoryColumns = {
  readonly nonces: Float64Array
  /** settled, void or contested. */
  readonly statuses: readonly string[]
  /** Numbers of an answer: `answers` has those of the first epoch, then those of the next. */
  readonly outputs: number
  readonly answers: Float64Array
  /** Of labels the place in the policy. */
  readonly truths: Float64Array
  readonly losses: Float64Array
  readonly naive: Float64Array
  /** By rising level. */
  readonly intervals: readonly IntervalColumns[]
}

/** Both ends of the intervals of one level. */
export type IntervalColumns = { readonly level: number; readonly lower: Float64Array; readonly upper: Float64Array }

/** No epoch. */
export const noColumns: HistoryColumns = joinColumns([])

/** What a node answered, in little memory. */
export function toColumns(page: GetHistoryResponse): HistoryColumns {
  return {
    nonces: Float64Array.from(page.nonces, Number),
    statuses: page.statuses,
    outputs: page.outputs,
    answers: Float64Array.from(page.answers),
    truths: Float64Array.from(page.truths),
    losses: Float64Array.from(page.losses),
    naive: Float64Array.from(page.naiveLosses),
    intervals: page.intervals.map(({ level, lower, upper }) => ({
      level,
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
    })),
  }
}

/** Columns one after the other. */
export function joinColumns(parts: readonly HistoryColumns[]): HistoryColumns {
  const outputs = parts.reduce((most, part) => Math.max(most, part.outputs), 0)
  const join = (read: (part: HistoryColumns) => ArrayLike<number> | undefined, each = 1): Float64Array => {
    const total = parts.reduce((sum, { nonces }) => sum + nonces.length, 0)
    const joined = new Float64Array(each * total).fill(Number.NaN)
    let at = 0
    for (const part of parts) {
      joined.set(read(part) ?? [], at)
      at += each * part.nonces.length
    }
    return joined
  }
  const levels = new Set(parts.flatMap(({ intervals }) => intervals.map(({ level }) => level)))
  const ofLevel = (part: HistoryColumns, level: number): IntervalColumns | undefined =>
    part.intervals.find((interval) => interval.level === level)
  return {
    nonces: join(({ nonces }) => nonces),
    statuses: parts.flatMap(({ statuses }) => statuses),
    outputs,
    answers: join((part) => (part.outputs === outputs ? part.answers : undefined), outputs),
    truths: join(({ truths }) => truths),
    losses: join(({ losses }) => losses),
    naive: join(({ naive }) => naive),
    intervals: [...levels]
      .sort((a, b) => a - b)
      .map((level) => ({
        level,
        lower: join((part) => ofLevel(part, level)?.lower),
        upper: join((part) => ofLevel(part, level)?.upper),
      })),
  }
}

/** The epochs from one place to another, the second not among them. */
export function sliceColumns(columns: HistoryColumns, from: number, to: number): HistoryColumns {
  const { outputs } = columns
  return {
    nonces: columns.nonces.slice(from, to),
    statuses: columns.statuses.slice(from, to),
    outputs,
    answers: columns.answers.slice(outputs * from, outputs * to),
    truths: columns.truths.slice(from, to),
    losses: columns.losses.slice(from, to),
    naive: columns.naive.slice(from, to),
    intervals: columns.intervals.map(({ level, lower, upper }) => ({
      level,
      lower: lower.slice(from, to),
      upper: upper.slice(from, to),
    })),
  }
}

/** Place of the first epoch with a nonce of at least this. */
export function placeOf({ nonces }: HistoryColumns, nonce: number): number {
  let [low, high] = [0, nonces.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((nonces[middle] ?? 0) < nonce) low = middle + 1
    else high = middle
  }
  return low
}
