import type { StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'

/** Epochs handled in one block for each that may open in one: more than open are closed, so that nothing waits for long. */
const PER_OPENING = 4

/** How many epochs may reach a step in one block, whoever aligned their windows. */
export function mostDues(state: StateReader): number {
  return PER_OPENING * Number(getParams(state).maxActiveTopicsPerBlock)
}
