import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { TopicFacts } from './topicFacts.ts'

/** What a chart shows, column by column: epochs, answers, and what happened; null where there is none. */
export type Series = [nonces: number[], answers: (number | null)[], truths: (number | null)[]]

/** One output of a topic over its closed epochs. Of labels the truth is 1 where this one came true, else 0. */
export function toSeries(records: readonly EpochRecord[], { policy }: TopicFacts, output: number): Series {
  const series: Series = [[], [], []]
  for (const record of records) {
    series[0].push(Number(record.nonce))
    series[1].push(record.network?.combined[output] ?? null)
    series[2].push(truthOf(record, policy.labels, output))
  }
  return series
}

function truthOf({ truth, truthLabel }: EpochRecord, labels: readonly string[], output: number): number | null {
  if (truthLabel === '') return truth ?? null
  return labels[output] === truthLabel ? 1 : 0
}
