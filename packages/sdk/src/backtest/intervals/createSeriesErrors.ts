/** The moving average of |error| of each series of a table: series of one topic may err by very different amounts. */
export type SeriesErrors = {
  /** Of a series, or of all together before its first truth. */
  readonly of: (series: number, ofAll: number) => number
  /** An |error| of a series; `ofAll` is the average of all series after it. */
  readonly learn: (series: number, error: number, ofAll: number) => void
}

/** Like the average of all, it forgets a twentieth with each truth in the end. SPEC VT-7 */
const AVERAGED = 20
/** The average of all counts as much as so many truths of the series itself. */
const PRIOR = 5

/** Averages for a table with several series; with one they are that of all, as on the chain. */
export function createSeriesErrors(isKeyed: boolean): SeriesErrors {
  const known = new Map<number, { readonly mean: number; readonly count: number }>()
  return {
    of: (series, ofAll) => known.get(series)?.mean ?? ofAll,
    learn: (series, error, ofAll) => {
      if (!isKeyed) return
      const { mean, count } = known.get(series) ?? { mean: ofAll, count: 0 }
      const rate = 1 / Math.min(count + 1 + PRIOR, AVERAGED)
      known.set(series, { mean: mean + rate * (error - mean), count: count + 1 })
    },
  }
}
