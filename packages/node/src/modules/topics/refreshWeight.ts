import type { State } from '../../app/context.ts'
import { currentWeight } from './currentWeight.ts'
import { changeWeightSum, getNextEpoch, getPreviousWeight, requireTopic, setPreviousWeight } from './view.ts'

/** Stores the weight that a topic has after stake was taken out of it, where it has one. SPEC lifecycle 3.5 */
export function refreshWeight(state: State, topicId: bigint): void {
  const previous = getPreviousWeight(state, topicId)
  if (previous === undefined) return
  const weight = currentWeight(state, requireTopic(state, topicId))
  setPreviousWeight(state, topicId, weight)
  if (getNextEpoch(state, topicId) !== 0n) changeWeightSum(state, previous, weight)
}
