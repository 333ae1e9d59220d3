import { FIRST_FULL_DAY, type Series } from './readSeries.ts'

/** The features of one day. */
export type Features = (series: Series, day: number) => readonly number[]

/** Past days to learn from: standardised features, the day each one looks ahead to, and today's features on the same scale. */
export type Design = {
  readonly rows: readonly Float64Array[]
  readonly targets: readonly number[]
  readonly today: Float64Array
}

/** The newest `window` days whose next day is known, and today. */
export function buildDesign(series: Series, features: Features, window: number): Design {
  const last = series.length - 1
  const first = Math.max(FIRST_FULL_DAY, last - window)
  const targets = Array.from({ length: last - first }, (_, i) => first + i + 1)
  const raw = targets.map((target) => Float64Array.from(features(series, target - 1)))
  const today = Float64Array.from(features(series, last))
  const scales = Array.from(today, (_, column) => scaleOf(raw, column))
  const standardise = (row: Float64Array): Float64Array => {
    for (let i = 0; i < scales.length; i++) {
      const scale = scales[i]
      if (scale !== undefined) row[i] = ((row[i] ?? 0) - scale.centre) / scale.width
    }
    return row
  }
  return { rows: raw.map(standardise), targets, today: standardise(today) }
}

function scaleOf(rows: readonly Float64Array[], column: number): { centre: number; width: number } {
  let sum = 0
  for (const row of rows) sum += row[column] ?? 0
  const centre = sum / rows.length
  let squares = 0
  for (const row of rows) {
    const distance = (row[column] ?? 0) - centre
    squares += distance * distance
  }
  const width = Math.sqrt(squares / rows.length)
  return { centre, width: width > 1e-12 ? width : 1 }
}
