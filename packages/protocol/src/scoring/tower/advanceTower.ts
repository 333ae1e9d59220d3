import { alignTower } from './alignTower.ts'
import type { LearntCell } from './cells/cell.ts'
import { held } from './cells/held.ts'
import { listCells } from './cells/listCells.ts'
import { listMembers } from './cells/listMembers.ts'
import { pointLossOf } from './cells/pointLoss.ts'
import { believedCell } from './guard/believedCell.ts'
import { clipCell, learnGuard, WIDTH } from './guard/guard.ts'
import { learnKeyedLayers } from './keyedLayers.ts'
import { learnLabels } from './labels/learnLabels.ts'
import { learnPointLayers } from './pointLayers.ts'
import { tidy } from './tidy.ts'
import type { KeyedState, PointState, TowerConfig, TowerLesson, TowerState } from './towerTypes.ts'

const RETENTION = 64

/**
 * The state after the truths of one epoch's rows, in their order. Members absent for `retention` lessons are forgotten.
 * No lesson, no change. SPEC VT-10
 */
export function advanceTower(config: TowerConfig, state: TowerState, lessons: readonly TowerLesson[]): TowerState {
  const heard = lessons.filter(({ inferences }) => inferences.length > 0)
  if (heard.length === 0) return state
  const aligned = alignTower(state, listMembers(state.members, heard))
  const { members, layers } = aligned
  const count = aligned.lessons + 1
  const awake = new Set(heard.flatMap(({ inferences }) => inferences.map(({ worker }) => worker)))
  const lastAwake = members.map((worker, j) => (awake.has(worker) ? count : (aligned.lastAwake[j] ?? count)))
  const learnt =
    layers.kind === 'labels' ? learnLabels(config, layers, members, heard) : learnPoints(config, layers, members, heard)
  const next = { members, lastAwake, lessons: count, layers: tidy(learnt) }
  const oldest = count - (config.retention ?? RETENTION)
  if (lastAwake.every((last) => last > oldest)) return next
  return alignTower(
    next,
    members.filter((_, j) => (lastAwake[j] ?? count) > oldest),
  )
}

function learnPoints(
  config: TowerConfig,
  state: PointState | KeyedState,
  members: readonly string[],
  lessons: readonly TowerLesson[],
): PointState | KeyedState {
  const cells = lessons.flatMap((lesson): readonly LearntCell[] =>
    listCells(config, members, lesson).map((cell, output) => ({
      ...cell,
      truth: held(lesson.truth),
      layers: lesson.memory.layers[output] ?? [],
      value: lesson.memory.values[output] ?? 0,
      anchor: lesson.memory.anchors[output] ?? 0,
      past: lesson.memory.past[output] ?? [],
    })),
  )
  if (cells.length === 0) return state
  const loss = pointLossOf(config.loss, config.lossParameter)
  const learn = (held: readonly LearntCell[]): PointState | KeyedState =>
    state.kind === 'point' ? learnPointLayers(state, loss, held) : learnKeyedLayers(state, loss, held)
  if (config.rule === 'bare') return learn(cells)
  const guard = learnGuard(state.guard, cells, state.kind === 'keyed')
  // At the first truth the members' spread alone set the bounds, and copies have none: the anchor's error counts too.
  const least = state.kind === 'keyed' && state.guard.lessons === 0 ? WIDTH * guard.spread : 0
  const hold = state.kind === 'keyed' && state.guard.lessons > 0 ? believedCell : clipCell
  const bounds = lessons.flatMap(({ memory }) => memory.bounds)
  const believed = cells.map((cell, i) => hold(cell, { anchor: cell.anchor, bound: Math.max(least, bounds[i] ?? 0) }))
  return { ...learn(believed), guard }
}
