import { create } from '@bufbuild/protobuf'
import {
  type RewardDelegateStakeRequest,
  type RewardDelegateStakeResponse,
  RewardDelegateStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { readAddressField } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { requireTopic } from '../topics/view.ts'
import { payDelegator } from './payDelegator.ts'

/** `RewardDelegateStake`: claims what a delegation has earned; nothing to claim is no error. SPEC lifecycle 2.7 */
export function rewardDelegateStake(
  context: Context,
  { sender, topicId, reputer }: RewardDelegateStakeRequest,
): RewardDelegateStakeResponse {
  const delegator = readAddressField('sender', sender)
  readAddressField('reputer', reputer)
  requireTopic(context.state, topicId)
  payDelegator(context, { topicId, delegator, reputer })
  return create(RewardDelegateStakeResponseSchema)
}
