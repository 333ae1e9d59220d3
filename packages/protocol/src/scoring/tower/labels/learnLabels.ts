import { ln } from '../../../num/exp.ts'
import type { Address } from '../../types.ts'
import { learnBoa } from '../first/boa.ts'
import { learnMlPoly } from '../first/mlPoly.ts'
import type { LabelState, TowerConfig, TowerLesson } from '../towerTypes.ts'
import { type LabelCell, LEAST, labelCellOf } from './labelCell.ts'
import { learnBayes, learnRecent, placeOf } from './labelLayers.ts'
import { type LabelPools, poolLabels } from './poolLabels.ts'

type Learnt = { readonly cell: LabelCell; readonly pools: LabelPools; readonly truth: number; readonly answer: number }

/** What the layers learn from one epoch's rows, from what they would say of them now. */
export function learnLabels(
  config: TowerConfig,
  state: LabelState,
  members: readonly Address[],
  lessons: readonly TowerLesson[],
): LabelState {
  const rows = lessons.flatMap((lesson): readonly Learnt[] => {
    const cell = labelCellOf(config, members, lesson)
    if (cell === null || cell.linear[lesson.truth] === undefined) return []
    const answer = lesson.memory.values[lesson.truth] ?? LEAST
    return [{ cell, pools: poolLabels(state, cell, false), truth: lesson.truth, answer }]
  })
  if (rows.length === 0) return state
  const ofTruth = (row: Learnt, layer: number): number => row.pools.layers[layer]?.[row.truth] ?? LEAST
  const sumOver = (of: (row: Learnt) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  const isAwake = ({ cell }: Learnt, j: number): boolean => cell.linear[0]?.awake[j] === true
  const gains = (layer: number): readonly (number | null)[] =>
    members.map((_, j) => {
      if (!rows.some((row) => isAwake(row, j))) return null
      return sumOver((row) => (isAwake(row, j) ? (row.cell.logs[row.truth]?.x[j] ?? 0) - ln(ofTruth(row, layer)) : 0))
    })
  const regrets = (layer: number): readonly number[] =>
    members.map((_, j) => {
      const total = sumOver((row) =>
        isAwake(row, j) ? (row.cell.linear[row.truth]?.x[j] ?? 0) / ofTruth(row, layer) - 1 : 0,
      )
      return total / rows.length
    })
  const second = state.second.map((_, layer) =>
    sumOver((row) => ln(Math.max(LEAST, ofTruth(row, layer))) - ln(row.answer)),
  )
  const { gradient, curvature } = bend(rows)
  const curved = state.curvature + curvature
  return {
    ...state,
    exponent: Math.max(0.3, Math.min(3, state.exponent - gradient / curved)),
    curvature: curved,
    bayes: learnBayes(state.bayes, gains(placeOf('bayes'))),
    recent: state.recent === null ? null : learnRecent(state.recent, gains(placeOf('recent'))),
    boa: learnBoa(state.boa, regrets(placeOf('boa'))),
    mlPoly: learnMlPoly(state.mlPoly, regrets(placeOf('mlPoly'))),
    second: learnBayes(state.second, second),
  }
}

/** First and second derivative of the log loss in the exponent of the log pool. */
function bend(rows: readonly Learnt[]): { readonly gradient: number; readonly curvature: number } {
  let gradient = 0
  let curvature = 0
  for (const { pools, truth } of rows) {
    const p = pools.layers[placeOf('sharpened')] ?? []
    const mean = pools.logs.reduce((sum, z, label) => sum + (p[label] ?? 0) * z, 0)
    const square = pools.logs.reduce((sum, z, label) => sum + (p[label] ?? 0) * z * z, 0)
    gradient -= (pools.logs[truth] ?? 0) - mean
    curvature += square - mean * mean
  }
  return { gradient, curvature }
}
