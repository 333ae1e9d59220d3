import type { Address, Values } from '../../types.ts'
import type { TowerConfig, TowerRow } from '../towerTypes.ts'
import type { Cell } from './cell.ts'
import { held, LARGEST } from './held.ts'

const SMALLEST_SCALE = 1e-10

/** The cells of a row, one for each output; none where no listed member is awake. */
export function listCells(config: TowerConfig, members: readonly Address[], row: TowerRow): readonly Cell[] {
  const heard = new Map(row.inferences.map(({ worker, values }) => [worker, values]))
  const vectors: (Values | undefined)[] = []
  const awake: boolean[] = []
  let count = 0
  for (const worker of members) {
    const values = heard.get(worker)
    vectors.push(values)
    awake.push(values !== undefined)
    if (values !== undefined) count += 1
  }
  if (count === 0) return []
  const scale = Math.max(SMALLEST_SCALE, Math.min(LARGEST, row.scale ?? 1))
  const key = row.key ?? ''
  const outputs = config.levels.length > 0 ? config.levels : [config.lossParameter ?? 0.5]
  return outputs.map((tau, output) => ({
    x: valuesAt(vectors, output),
    awake,
    count,
    scale,
    tau,
    key: output === 0 ? key : `${key}#${output}`,
  }))
}

function valuesAt(vectors: readonly (Values | undefined)[], output: number): readonly number[] {
  const x: number[] = []
  for (const values of vectors) x.push(held(values?.[output] ?? 0))
  return x
}
