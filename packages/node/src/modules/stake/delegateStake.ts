import { create } from '@bufbuild/protobuf'
import { EventAddStakeSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import {
  type DelegateStakeRequest,
  type DelegateStakeResponse,
  DelegateStakeResponseSchema,
} from '@starling/protocol/gen/emissions/v10/tx_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import { readAddressField, readPositiveAmount } from '@starling/protocol/modules/readFields'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { isRegistered } from '../actors/view.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { tryActivation } from '../topics/activation.ts'
import { requireTopic } from '../topics/view.ts'
import { changeDelegatedStake } from './books.ts'
import { join } from './earning.ts'
import { payDelegator } from './payDelegator.ts'

/** `DelegateStake`: backs a reputer with stake of one's own and shares in its rewards. SPEC lifecycle 2.7 */
export function delegateStake(context: Context, request: DelegateStakeRequest): DelegateStakeResponse {
  const { topicId, amount } = request
  const delegator = readAddressField('sender', request.sender)
  const reputer = readAddressField('reputer', request.reputer)
  const added = readPositiveAmount('amount', amount)
  if (delegator === reputer) throw emissionsError('CANT_SELF_DELEGATE', { address: delegator })
  requireTopic(context.state, topicId)
  if (!isRegistered(context.state, 'reputer', topicId, reputer)) {
    throw emissionsError('NOT_REGISTERED_IN_TOPIC', { address: reputer, role: 'reputer', topicId })
  }
  const delegation = { topicId, delegator, reputer }
  moveCoins(context, delegator, moduleAddresses.allorastaking, added)
  payDelegator(context, delegation)
  changeDelegatedStake(context, delegation, added)
  join(context.state, delegation, added)
  tryActivation(context, topicId)
  context.emit(typedEvent(EventAddStakeSchema, { topicId, reputer, delegator, amount }))
  return create(DelegateStakeResponseSchema)
}
