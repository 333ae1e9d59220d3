import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'

/** How often the intervals, or sets of labels, of a level held the truth, as the chain's ledger has it. SPEC VT-7 */
export type IntervalReport = {
  readonly level: number
  readonly hits: number
  readonly epochs: number
  /** In the topic's unit, or labels in a set; null before the first settled epoch with an interval. */
  readonly meanWidth: number | null
}

/** Whether the network is known to beat model-free guesses. SPEC VT-8 */
export type EdgeReport = { readonly shown: boolean; readonly eValue: number; readonly n: number }

/** The ledger that stands in the newest answer; empty without one, and where the topic has no intervals. */
export function reportIntervals(answer: Answer | undefined): readonly IntervalReport[] {
  const levels = answer === undefined ? [] : [...answer.intervals, ...answer.sets]
  return levels.map(({ level, coverage }) => {
    const epochs = Number(coverage?.epochs ?? 0n)
    const width = coverage?.width ?? 0
    return { level, hits: Number(coverage?.hits ?? 0n), epochs, meanWidth: epochs === 0 ? null : width / epochs }
  })
}

/** The test that stands in the newest answer; null without one, and where the topic has none. */
export function reportEdge(answer: Answer | undefined): EdgeReport | null {
  if (answer?.edge === undefined) return null
  const { shown, eValue, n } = answer.edge
  return { shown, eValue, n: Number(n) }
}
