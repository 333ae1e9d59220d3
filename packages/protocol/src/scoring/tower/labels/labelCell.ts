import { ln } from '../../../num/exp.ts'
import { outputKindOf } from '../../losses/outputKindOf.ts'
import type { Address } from '../../types.ts'
import type { Cell } from '../cells/cell.ts'
import type { TowerConfig, TowerRow } from '../towerTypes.ts'

/** No probability below it enters a logarithm or an answer. */
export const LEAST = 1e-4

/** One event or one draw of labels: a cell of probabilities for each label, and one of their logarithms. */
export type LabelCell = { readonly linear: readonly Cell[]; readonly logs: readonly Cell[] }

/** The cells of a row; an event has the labels no and yes. Null where no listed member is awake. */
export function labelCellOf(config: TowerConfig, members: readonly Address[], row: TowerRow): LabelCell | null {
  const event = outputKindOf(config) === 'probability'
  const heard = new Map(row.inferences.map(({ worker, values }) => [worker, values]))
  const vectors = members.map((worker) => heard.get(worker))
  const awake = vectors.map((values) => values !== undefined)
  const count = awake.filter((is) => is).length
  if (count === 0) return null
  const at = (values: readonly number[], label: number): number => {
    if (!event) return values[label] ?? 0
    return label === 1 ? (values[0] ?? 0) : 1 - (values[0] ?? 0)
  }
  const labels = Array.from({ length: event ? 2 : config.labels.length }, (_, label) => label)
  const linear = labels.map((label) => ({
    x: vectors.map((values) => (values === undefined ? 0 : Math.max(0, Math.min(1, at(values, label))))),
    awake,
    count,
    scale: 1,
    tau: 0.5,
    key: '',
  }))
  return { linear, logs: linear.map((cell) => ({ ...cell, x: cell.x.map((x) => ln(Math.max(LEAST, x))) })) }
}

/** Probabilities of at least 1e-4 that sum to 1. */
export function normalized(raw: readonly number[]): readonly number[] {
  const clipped = raw.map((p) => Math.max(LEAST, p))
  const total = clipped.reduce((a, b) => a + b, 0)
  return clipped.map((p) => p / total)
}
