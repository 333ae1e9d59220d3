import type { ChartData } from '../parts/chartData.ts'
import type { HistoryColumns } from './historyColumns.ts'
import type { TopicFacts } from './topicFacts.ts'

/** What of the answers is shown: one output, and around it the interval of one level, where there is any. */
export type Shown = { readonly output: number; readonly level?: number }

/** One output of a topic over its closed epochs. Of labels the truth is 1 where this one came true, else 0. */
export function toSeries(
  { nonces, outputs, answers, truths, intervals }: HistoryColumns,
  { policy }: Pick<TopicFacts, 'policy'>,
  { output, level }: Shown,
): ChartData {
  const isLabels = policy.labels.length > 0
  const bands = intervals
    .filter((interval) => interval.level === level && interval.lower.some((value) => !Number.isNaN(value)))
    .map(({ lower, upper }) => ({ name: `${percentOf(level ?? 0)} interval`, low: lower, high: upper }))
  return {
    axis: 'epoch',
    at: nonces,
    lines: [
      { name: 'answer', values: nonces.map((_, i) => answers[outputs * i + output] ?? Number.NaN) },
      { name: 'truth', values: isLabels ? truths.map((truth) => cameTrue(truth, output)) : truths },
    ],
    ...(bands.length === 0 ? {} : { bands }),
  }
}

function cameTrue(truth: number, output: number): number {
  if (Number.isNaN(truth)) return truth
  return truth === output ? 1 : 0
}

/** A level for people. */
export function percentOf(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`
}
