import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { toRegretScale } from '@starling/protocol/scoring/losses/toRegretScale'
import { computeForecastImplied } from '@starling/protocol/scoring/synthesis/computeForecastImplied'
import { advanceTower } from '@starling/protocol/scoring/tower/advanceTower'
import { combineTower } from '@starling/protocol/scoring/tower/combineTower'
import { newTower } from '@starling/protocol/scoring/tower/newTower'
import type { TowerMemory, TowerRow } from '@starling/protocol/scoring/tower/towerTypes'
import type { Inference } from '@starling/protocol/scoring/types'
import type { Collective, CollectiveContext, Question } from './collective.ts'
import { createScaledLoss } from './scaledLoss.ts'

/** What an answer was made from: the tower's memory, and the inferences with those that forecasts imply. */
type Memory = { readonly tower: TowerMemory; readonly inferences: readonly Inference[] }

/** The layered synthesis of verified topics; forecast-implied values take part as members. SPEC VT-10 */
export function createTower({ policy }: CollectiveContext): Collective<Memory> {
  const lossOf = createScaledLoss(policy)
  let state = newTower(policy)
  let previousLoss: number | null = null
  const rowOf = ({ inferences, forecasts, scale, series }: Question): TowerRow => ({
    inferences: [...inferences, ...implied({ inferences, forecasts }, previousLoss)],
    scale,
    key: String(series),
  })
  return {
    answer: (questions) => {
      const rows = questions.map(rowOf)
      const forecasters = new Set(questions.flatMap(({ forecasts }) => forecasts.map(({ forecaster }) => forecaster)))
      return combineTower(policy, state, rows, { oneOut: forecasters.size > 0 }).map((combined, i) => {
        if (combined === null) throw new RangeError('a question without an inference')
        const { values, weights, memory } = combined
        const without = combined.oneOut.filter(({ worker }) => forecasters.has(worker))
        return { values, weights, without, memory: { tower: memory, inferences: rows[i]?.inferences ?? [] } }
      })
    },
    learn: (lessons) => {
      const rows = lessons.map(({ question, answer, truth }) => ({
        inferences: answer.memory.inferences,
        scale: question.scale,
        key: String(question.series),
        memory: answer.memory.tower,
        truth,
      }))
      const total = lessons.reduce(
        (sum, { question, answer, truth }) => sum + lossOf(answer.values, truth, question.scale),
        0,
      )
      state = advanceTower(policy, state, rows)
      previousLoss = toRegretScale(total / lessons.length, policy.loss)
    },
  }
}

function implied(
  { inferences, forecasts }: Pick<Question, 'inferences' | 'forecasts'>,
  previousLoss: number | null,
): readonly Inference[] {
  if (previousLoss === null || forecasts.length === 0) return []
  const valuesOf = new Map(inferences.map(({ worker, values }) => [worker, values]))
  const context = { previousLoss, regretScale: 0, allNew: false, params: defaultScoringParams }
  return forecasts.flatMap(({ forecaster, elements }) => {
    const named = elements.flatMap((element) => {
      const values = valuesOf.get(element.inferer)
      return values === undefined ? [] : [{ ...element, values }]
    })
    const values = computeForecastImplied(named, context)
    return values === undefined ? [] : [{ worker: forecaster, values }]
  })
}
