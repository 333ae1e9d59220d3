import { at } from './at.ts'
import type { Design } from './buildDesign.ts'
import { mean } from './mean.ts'

const ROUNDS = 30
const BINS = 8
const SHRINKAGE = 0.1
const SMALLEST_LEAF = 20

/** One feature cut into bins of equal count. */
type Binned = { readonly bins: Uint8Array; readonly today: number; readonly counts: Float64Array }
type Stump = { feature: Binned; cut: number; low: number; high: number; gain: number }

/** Gradient boosting of one-split trees under squared loss, evaluated today. */
export function fitStumps(design: Design, outcomes: readonly number[]): number {
  const features = Array.from(design.today, (value, column) => binned(design, column, value))
  const centre = mean(outcomes)
  const residuals = Float64Array.from(outcomes, (outcome) => outcome - centre)
  let today = centre
  for (let round = 0; round < ROUNDS; round++) {
    const stump = bestStump(features, residuals)
    if (stump === null) break
    subtract(stump, residuals)
    today += SHRINKAGE * (stump.feature.today <= stump.cut ? stump.low : stump.high)
  }
  return today
}

function binned(design: Design, column: number, today: number): Binned {
  const values = Float64Array.from(design.rows, (row) => row[column] ?? 0)
  const sorted = Float64Array.from(values).sort()
  const edges = Array.from({ length: BINS - 1 }, (_, i) => at(sorted, Math.floor(((i + 1) * sorted.length) / BINS)))
  const bins = Uint8Array.from(values, (value) => binOf(edges, value))
  const counts = new Float64Array(BINS)
  for (const bin of bins) counts[bin] = at(counts, bin) + 1
  return { bins, today: binOf(edges, today), counts }
}

function binOf(edges: readonly number[], value: number): number {
  let bin = 0
  while (bin < edges.length && value >= (edges[bin] ?? 0)) bin++
  return bin
}

function bestStump(features: readonly Binned[], residuals: Float64Array): Stump | null {
  let total = 0
  for (const residual of residuals) total += residual
  let best: Stump | null = null
  for (const feature of features) {
    const stump = bestCut(feature, residuals, total)
    if (stump !== null && (best === null || stump.gain > best.gain)) best = stump
  }
  return best
}

function bestCut(feature: Binned, residuals: Float64Array, total: number): Stump | null {
  const { bins } = feature
  const sums = new Float64Array(BINS)
  for (let i = 0; i < residuals.length; i++) {
    const bin = bins[i] ?? 0
    sums[bin] = (sums[bin] ?? 0) + (residuals[i] ?? 0)
  }
  let best: Stump | null = null
  let sum = 0
  let count = 0
  for (let cut = 0; cut < BINS - 1; cut++) {
    sum += sums[cut] ?? 0
    count += feature.counts[cut] ?? 0
    const rest = residuals.length - count
    if (count < SMALLEST_LEAF || rest < SMALLEST_LEAF) continue
    const low = sum / count
    const high = (total - sum) / rest
    const gain = low * sum + high * (total - sum)
    if (best === null || gain > best.gain) best = { feature, cut, low, high, gain }
  }
  return best
}

function subtract(stump: Stump, residuals: Float64Array): void {
  const { bins } = stump.feature
  for (let i = 0; i < residuals.length; i++) {
    const value = (bins[i] ?? 0) <= stump.cut ? stump.low : stump.high
    residuals[i] = (residuals[i] ?? 0) - SHRINKAGE * value
  }
}
