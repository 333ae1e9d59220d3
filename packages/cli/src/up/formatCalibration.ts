import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { figure } from './formatReport.ts'
import { reportEdge, reportIntervals } from './reportIntervals.ts'

/** The level whose interval is shown with the answer. */
const SHOWN_LEVEL = 0.8

/** The interval, or the set of labels, of an answer, with a space before it; empty where it has none. */
export function formatInterval(answer: Answer | undefined): string {
  const interval = answer?.intervals.find(({ level }) => level === SHOWN_LEVEL)
  if (interval !== undefined) return ` [${figure(interval.lower)} … ${figure(interval.upper)}]`
  const set = answer?.sets.find(({ level }) => level === SHOWN_LEVEL)
  return set === undefined ? '' : ` {${set.labels.join(', ')}}`
}

/** How often intervals held the truth, and whether the edge is shown: a line, or none where the topic has neither. */
export function formatCalibration(answer: Answer | undefined): readonly string[] {
  const levels = reportIntervals(answer)
  const edge = reportEdge(answer)
  const parts = [
    ...(levels.length === 0
      ? []
      : [`${levels.map(({ level }) => Math.round(100 * level)).join('/')} % held ${heldOf(levels)}`]),
    ...(edge === null
      ? []
      : [`edge ${edge.shown ? 'shown' : 'not shown'}, e-value ${figure(edge.eValue)} after ${edge.n}`]),
  ]
  return parts.length === 0 ? [] : [parts.join('   ')]
}

function heldOf(levels: ReturnType<typeof reportIntervals>): string {
  const epochs = levels[0]?.epochs ?? 0
  if (epochs === 0) return 'nothing yet'
  return `${levels.map(({ hits }) => Math.round((100 * hits) / epochs)).join('/')} % of ${epochs}`
}
