import type { Cell } from './cells/cell.ts'
import { type Pool, poolByWeights, poolWithoutEach } from './first/pool.ts'
import type { PerMember } from './towerTypes.ts'

/** What one rule of the first layer says of a cell, and, where asked for, what it would say without each member. */
export type FirstLayer = { readonly pool: Pool; readonly without: PerMember }
/** A first layer ready to answer cells, given with their `orderOf`: what is the same for all of them has been worked out. */
export type AnswerFirst = (cell: Cell, order: readonly number[], oneOut: boolean) => readonly FirstLayer[]

/** A rule whose one-outs are worked out only where asked for. */
export function layerOf(pool: Pool, oneOut: boolean, without: () => PerMember): FirstLayer {
  return { pool, without: oneOut ? without() : [] }
}

/** A rule that is an average by weights. */
export function weightedLayer(weights: PerMember, cell: Cell, oneOut: boolean): FirstLayer {
  const pool = poolByWeights(weights, cell)
  return layerOf(pool, oneOut, () => poolWithoutEach(pool, cell))
}
