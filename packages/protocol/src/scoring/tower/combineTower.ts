import { tabulate } from '../../num/tabulate.ts'
import { alignTower } from './alignTower.ts'
import { listCells } from './cells/listCells.ts'
import { listMembers } from './cells/listMembers.ts'
import { type CellAnswer, createAnswer } from './createAnswer.ts'
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
  const answer = createAnswer(layers, { guarded: config.rule !== 'bare', oneOut })
  return rows.map((row) => {
    const cells = listCells(config, members, row)
    const [first] = cells
    if (first === undefined) return null
    const answers = cells.map(answer)
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
    values: tabulate(answers.length, (k) => answers[k]?.inner ?? 0),
    layers: answers.map(({ layers }) => layers),
    anchors: tabulate(guards.length, (k) => guards[k]?.anchor ?? 0),
    bounds: tabulate(guards.length, (k) => guards[k]?.bound ?? 0),
    past: answers.map(({ past }) => past),
  }
}
