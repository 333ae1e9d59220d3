/** Percentiles of a normal distribution at −2σ, −1σ, 0, 1σ and 2σ. SPEC math 6 */
export const intervalPercentiles: readonly number[] = [2.28, 15.87, 50, 84.13, 97.72]

type Point = { readonly value: number; readonly position: number }

/**
 * One value per percentile (0..100) of weighted values, linear between (C_i − w_i/2) / C_n. SPEC math 6
 *
 * `values` and `weights` run in parallel; weights 0 take no part. Null where no weight is positive.
 */
export function computeWeightedPercentiles(
  values: readonly number[],
  weights: readonly number[],
  percentiles: readonly number[] = intervalPercentiles,
): readonly number[] | null {
  if (values.length !== weights.length) throw new Error('each value needs one weight')
  if ([...values, ...weights].some(Number.isNaN)) throw new Error('percentiles need numbers')
  if (!percentiles.every((p) => p >= 0 && p <= 100)) throw new Error('a percentile lies in 0..100')
  const points = place(values, weights)
  return points.length === 0 ? null : percentiles.map((p) => interpolate(points, p / 100))
}

/** Values in ascending order with the middle of their share of the total weight. */
function place(values: readonly number[], weights: readonly number[]): readonly Point[] {
  const used = values.map((value, i) => ({ value, weight: weights[i] ?? 0 })).filter(({ weight }) => weight > 0)
  const sorted = used.toSorted((a, b) => a.value - b.value || a.weight - b.weight)
  let running = 0
  const middles = sorted.map(({ value, weight }) => {
    running += weight
    return { value, middle: running - weight / 2 }
  })
  return middles.map(({ value, middle }) => ({ value, position: middle / running }))
}

function interpolate(points: readonly Point[], q: number): number {
  let before = points[0] ?? { value: 0, position: 0 }
  if (q <= before.position) return before.value
  for (const point of points) {
    if (q < point.position) {
      const t = (q - before.position) / (point.position - before.position)
      return before.value * (1 - t) + point.value * t
    }
    before = point
  }
  return before.value
}
