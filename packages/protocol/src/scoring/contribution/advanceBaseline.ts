import { flushTiny } from '../flushTiny.ts'
import type { BaselineState } from './contributionTypes.ts'
import { pushed } from './pushed.ts'

/** 200 differences of successive truths. */
const REMEMBERED = 201

/** The baseline's memory after one more truth, of which `labels` say how many labels the topic has (events: 2, numbers: 0). */
export function advanceBaseline(state: BaselineState, truth: number, labels: number): BaselineState {
  const epochs = state.epochs + 1
  const counts = Array.from({ length: labels }, (_, label) => (state.counts[label] ?? 0) + (label === truth ? 1 : 0))
  return {
    truths: pushed(state.truths, truth, REMEMBERED),
    epochs,
    mean: flushTiny(state.mean + (truth - state.mean) / epochs),
    counts,
  }
}
