import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { ChartData } from '../parts/chartData.ts'
import type { TopicFacts } from './topicFacts.ts'

/** One output of a topic over its closed epochs. Of labels the truth is 1 where this one came true, else 0. */
export function toSeries(records: readonly EpochRecord[], { policy }: TopicFacts, output: number): ChartData {
  return {
    axis: 'epoch',
    at: records.map(({ nonce }) => Number(nonce)),
    lines: [
      { name: 'answer', values: records.map(({ network }) => network?.combined[output] ?? null) },
      { name: 'truth', values: records.map((record) => truthOf(record, policy.labels, output)) },
    ],
  }
}

function truthOf({ truth, truthLabel }: EpochRecord, labels: readonly string[], output: number): number | null {
  if (truthLabel === '') return truth ?? null
  return labels[output] === truthLabel ? 1 : 0
}
