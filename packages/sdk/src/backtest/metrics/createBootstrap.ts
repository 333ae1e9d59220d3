import { quantile } from '@starling/protocol/num/quantile'
import { createRandom } from './createRandom.ts'

/** A ratio of two total losses with its 95 % interval; all null where the divisor is 0, the interval where there is one block. */
export type Ratio = { readonly ratio: number | null; readonly lower: number | null; readonly upper: number | null }

/** Blocks of neighbouring epochs, so that what lasts longer than an epoch is resampled as one. */
export type Bootstrap = {
  readonly blocks: number
  /** The block of an epoch, counted from 0. */
  readonly blockOf: (epoch: number) => number
  /** The ratio of two sums given by block. */
  readonly ratioOf: (above: Float64Array, below: Float64Array) => Ratio
}

const BLOCKS = 40
const DRAWS = 400
const SEED = 7

/** A block bootstrap over that many epochs: forty blocks, 400 draws, the same draws for every ratio. */
export function createBootstrap(epochs: number): Bootstrap {
  const size = Math.max(1, Math.floor(epochs / BLOCKS))
  const blocks = Math.max(1, Math.ceil(epochs / size))
  const random = createRandom(SEED)
  const draws = Array.from({ length: DRAWS }, () => Array.from({ length: blocks }, () => Math.floor(random() * blocks)))
  return {
    blocks,
    blockOf: (epoch) => Math.floor(epoch / size),
    ratioOf: (above, below) => {
      const ratio = divide(total(above), total(below))
      if (ratio === null || blocks === 1) return { ratio, lower: null, upper: null }
      const drawn = draws.flatMap((draw) => divide(pick(above, draw), pick(below, draw)) ?? [])
      return { ratio, lower: quantile(drawn, 0.025), upper: quantile(drawn, 0.975) }
    },
  }
}

function divide(above: number, below: number): number | null {
  const ratio = above / below
  return Number.isFinite(ratio) ? ratio : null
}

function total(sums: Float64Array): number {
  return sums.reduce((sum, one) => sum + one, 0)
}

function pick(sums: Float64Array, draw: readonly number[]): number {
  let sum = 0
  for (const block of draw) sum += sums[block] ?? 0
  return sum
}
