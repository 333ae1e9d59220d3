import type { Series } from './namedSeries.ts'

/** Lines further apart than this hide each other at the bottom of a plot. */
const WIDEST = 20

/** Whether lines of a plot lie so far apart that only a logarithmic axis shows them all; never where one reaches 0. */
export function needsLogScale(series: readonly Series[]): boolean {
  const ends = series.flatMap(({ points }) => points.slice(-1).map(([, loss]) => loss))
  const all = series.flatMap(({ points }) => points.map(([, loss]) => loss))
  return all.every((loss) => loss > 0) && Math.max(...ends) > WIDEST * Math.min(...ends)
}
