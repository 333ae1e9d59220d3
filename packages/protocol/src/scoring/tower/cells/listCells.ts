import type { Address } from '../../types.ts'
import type { TowerConfig, TowerRow } from '../towerTypes.ts'
import type { Cell } from './cell.ts'
import { held, LARGEST } from './held.ts'

const SMALLEST_SCALE = 1e-10

/** The cells of a row, one for each output; none where no listed member is awake. */
export function listCells(config: TowerConfig, members: readonly Address[], row: TowerRow): readonly Cell[] {
  const heard = new Map(row.inferences.map(({ worker, values }) => [worker, values]))
  const vectors = members.map((worker) => heard.get(worker))
  const awake = vectors.map((values) => values !== undefined)
  const count = awake.filter((is) => is).length
  if (count === 0) return []
  const scale = Math.max(SMALLEST_SCALE, Math.min(LARGEST, row.scale ?? 1))
  const key = row.key ?? ''
  const outputs = config.levels.length > 0 ? config.levels : [config.lossParameter ?? 0.5]
  return outputs.map((tau, output) => ({
    x: vectors.map((values) => held(values?.[output] ?? 0)),
    awake,
    count,
    scale,
    tau,
    key: output === 0 ? key : `${key}#${output}`,
  }))
}
