import { flushTiny } from '../flushTiny.ts'

const MEMORY = 200
const LARGEST = 1e6

/** The newest 200 scores, the new one last. A score above 1e6 is kept as 1e6. */
export function rememberScore(scores: readonly number[], score: number): readonly number[] {
  return [...scores.slice(Math.max(0, scores.length - MEMORY + 1)), flushTiny(Math.min(score, LARGEST))]
}
