import { computeTopicWeight } from '@starling/protocol/modules/topics/computeTopicWeight'
import type { StateReader } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { getPreviousWeight, getRevenue, getTopicStake, type StoredTopic } from './view.ts'

/** The weight a topic would have now; nothing is stored. SPEC lifecycle 3.5 */
export function currentWeight(state: StateReader, { id, base }: StoredTopic): number {
  return computeTopicWeight({
    stake: getTopicStake(state, id),
    revenue: getRevenue(state, id),
    previous: getPreviousWeight(state, id) ?? null,
    epochLength: base.epochLength,
    params: getParams(state),
  })
}
