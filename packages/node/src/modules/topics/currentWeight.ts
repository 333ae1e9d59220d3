import { computeTopicWeight } from '@starling/protocol/modules/topics/computeTopicWeight'
import type { StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { getPreviousWeight, getRevenue, getTopicStake, type StoredTopic } from './view.ts'

/** The weight a topic would have now; nothing is stored. SPEC lifecycle 3.5 */
export function currentWeight(state: StateReader, topic: StoredTopic): number {
  return weigh(state, topic, getPreviousWeight(state, topic.id) ?? null)
}

/** The weight that a topic comes to when nothing changes any more. */
export function steadyWeight(state: StateReader, topic: StoredTopic): number {
  return weigh(state, topic, null)
}

function weigh(state: StateReader, { id, base }: StoredTopic, previous: number | null): number {
  return computeTopicWeight({
    stake: getTopicStake(state, id),
    revenue: getRevenue(state, id),
    previous,
    epochLength: base.epochLength,
    params: getParams(state),
  })
}
