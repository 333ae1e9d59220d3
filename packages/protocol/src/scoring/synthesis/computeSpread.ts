import type { NetworkValues } from '../types.ts'

/**
 * How far the contributors lie apart: the weighted median of their distances from their weighted median; of several
 * outputs the mean over the outputs. In the topic's unit. 0 for one contributor.
 */
export function computeSpread({ combined, inferers, forecasters, weights }: NetworkValues): number {
  // By place: a forecaster may be an inferer, too. Who counts against the answer does not stand behind it.
  const members = [...inferers, ...forecasters].map(({ values }, i) => ({
    values,
    weight: Math.max(0, weights[i]?.weight ?? 0),
  }))
  const spreads = combined.map((_, output) => {
    const points = members.map(({ values, weight }) => ({ value: values[output] ?? 0, weight }))
    const middle = weightedMedian(points)
    return weightedMedian(points.map(({ value, weight }) => ({ value: Math.abs(value - middle), weight })))
  })
  return spreads.reduce((total, spread) => total + spread, 0) / spreads.length
}

type Point = { readonly value: number; readonly weight: number }

/** The smallest value at which the cumulative weight reaches half of the total. */
function weightedMedian(points: readonly Point[]): number {
  const sorted = points.toSorted((a, b) => a.value - b.value || a.weight - b.weight)
  const half = sorted.reduce((total, { weight }) => total + weight, 0) / 2
  let cumulative = 0
  for (const { value, weight } of sorted) {
    cumulative += weight
    if (cumulative >= half && weight > 0) return value
  }
  return sorted.at(-1)?.value ?? 0
}
