import Papa from 'papaparse'
import { castOf } from './createQuestions.ts'
import type { Panel } from './panel.ts'
import type { Replayed } from './replay.ts'

const LEVELS = ['50', '80', '95']

/**
 * The answers as CSV, line by line, one row for each row of the table in its order: `row,epoch,network`, the ends of the
 * intervals, and `w:NAME` for each model and `w:@NAME` for each forecaster. Empty is what does not exist: an answer to a
 * row that no model answered, intervals of what is no number, the weight of who was absent.
 */
export function* formatPredictions(panel: Panel, replayed: Replayed): Generator<string> {
  const { forecasters } = castOf(panel)
  const width = panel.outputs.length
  const values = replayed.played[0]?.values ?? new Float64Array()
  const who = [...panel.models.map((name) => `w:${name}`), ...forecasters.map(({ name }) => `w:@${name}`)]
  const ends = LEVELS.flatMap((level) => [`lower${level}`, `upper${level}`])
  yield `${Papa.unparse([['row', 'epoch', 'network', ...ends, ...who]])}\n`
  for (const [row, at] of panel.caseOf.entries()) {
    const value = values[at * width + (panel.outputOf[row] ?? 0)]
    const isAnswered = value !== undefined && !Number.isNaN(value)
    const cells = [
      String(row),
      String(panel.epoch[at]),
      format(value),
      ...ends.map((_, i) => format(replayed.ends[i]?.[at])),
      ...who.map((_, i) => (isAnswered ? format(replayed.weights[i]?.[at]) : '')),
    ]
    yield `${cells.join(',')}\n`
  }
}

function format(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value)
}
