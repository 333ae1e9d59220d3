import type { Answer, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Band, ChartData } from '../parts/chartData.ts'
import type { TopicFacts } from './topicFacts.ts'

/** What of the answers is shown: one output, and around it the interval of one level, where there is any. */
export type Shown = { readonly output: number; readonly answers?: readonly Answer[]; readonly level?: number }

/** One output of a topic over its closed epochs. Of labels the truth is 1 where this one came true, else 0. */
export function toSeries(
  records: readonly EpochRecord[],
  { policy }: TopicFacts,
  { output, answers = [], level }: Shown,
): ChartData {
  const bands = level === undefined ? [] : bandsOf(records, answers, level)
  return {
    axis: 'epoch',
    at: records.map(({ nonce }) => Number(nonce)),
    lines: [
      { name: 'answer', values: records.map(({ network }) => network?.combined[output] ?? null) },
      { name: 'truth', values: records.map((record) => truthOf(record, policy.labels, output)) },
    ],
    ...(bands.length === 0 ? {} : { bands }),
  }
}

/** The levels at which some answer has an interval, rising. */
export function levelsOf(answers: readonly Answer[]): readonly number[] {
  return [...new Set(answers.flatMap(({ intervals }) => intervals.map(({ level }) => level)))].sort((a, b) => a - b)
}

function bandsOf(records: readonly EpochRecord[], answers: readonly Answer[], level: number): readonly Band[] {
  const found = new Map(
    answers.map(({ nonce, intervals }) => [nonce, intervals.find((interval) => interval.level === level)]),
  )
  if (records.every(({ nonce }) => found.get(nonce) === undefined)) return []
  return [
    {
      name: `${percentOf(level)} interval`,
      low: records.map(({ nonce }) => found.get(nonce)?.lower ?? null),
      high: records.map(({ nonce }) => found.get(nonce)?.upper ?? null),
    },
  ]
}

/** A level for people. */
export function percentOf(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`
}

function truthOf({ truth, truthLabel }: EpochRecord, labels: readonly string[], output: number): number | null {
  if (truthLabel === '') return truth ?? null
  return labels[output] === truthLabel ? 1 : 0
}
