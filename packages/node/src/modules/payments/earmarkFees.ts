import { earmarkOf } from '@starling/protocol/modules/payments/earmarkOf'
import type { State } from '../../app/context.ts'
import { getParams } from '../params/view.ts'
import { getEarmarkedFees, getEscrow, setEarmarkedFees } from './view.ts'

/** Promises an epoch that opens its part of the topic's escrow that no other epoch was promised. In uallo. SPEC PW-1 */
export function earmarkFees(state: State, topicId: bigint): bigint {
  const promised = getEarmarkedFees(state, topicId)
  const fees = earmarkOf(getEscrow(state, topicId) - promised, getParams(state).feeEarmarkDivisor)
  setEarmarkedFees(state, topicId, promised + fees)
  return fees
}
