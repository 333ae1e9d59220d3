import { alignTower } from './alignTower.ts'
import { answerCells, type CellAnswer } from './answerCells.ts'
import { listCells } from './cells/listCells.ts'
import { listMembers } from './cells/listMembers.ts'
import { combineLabels } from './labels/combineLabels.ts'
import type { TowerCombined, TowerConfig, TowerRow, TowerState } from './towerTypes.ts'

/**
 * The answers to the rows of one epoch, in their order; null for a row without an inference. One-out values use the
 * layers' states, the guard's bounds and the weights as they are, spread over the others. SPEC VT-10, VT-5
 */
export function combineTower(
  config: TowerConfig,
  state: TowerState,
  rows: readonly TowerRow[],
  { oneOut }: { readonly oneOut: boolean },
): readonly (TowerCombined | null)[] {
  const { members, layers } = alignTower(state, listMembers(state.members, rows))
  if (layers.kind === 'labels') return rows.map((row) => combineLabels(config, layers, members, row, oneOut))
  const guarded = config.rule !== 'bare'
  return rows.map((row) => {
    const cells = listCells(config, members, row)
    const [first] = cells
    if (first === undefined) return null
    const answers = answerCells(layers, cells, { guarded, oneOut })
    const awake = members.map((worker, j) => ({ worker, j })).filter(({ j }) => first.awake[j])
    const held = (values: readonly number[]): readonly number[] =>
      values.map((value) => Math.max(config.domain[0], Math.min(config.domain[1], value))).toSorted((a, b) => a - b)
    return {
      values: held(answers.map(({ value }) => value)),
      weights: awake.map(({ worker, j }) => ({
        worker,
        weight: answers.reduce((sum, { shares }) => sum + (shares[j] ?? 0), 0) / answers.length,
      })),
      oneOut:
        oneOut && first.count > 1
          ? awake.map(({ worker, j }) => ({ worker, values: held(answers.map(({ without }) => without[j] ?? 0)) }))
          : [],
      memory: memoryOf(answers),
    }
  })
}

function memoryOf(answers: readonly CellAnswer[]): TowerCombined['memory'] {
  const guards = answers.flatMap(({ guard }) => (guard === null ? [] : [guard]))
  return {
    values: answers.map(({ inner }) => inner),
    layers: answers.map(({ layers }) => layers),
    anchors: guards.map(({ anchor }) => anchor),
    bounds: guards.map(({ bound }) => bound),
    past: answers.map(({ past }) => past),
  }
}
