import type { Context } from '../../app/context.ts'
import { getTopicStake, setTopicStake } from '../topics/view.ts'
import { type Delegation, startEarning } from './earning.ts'
import { rememberEligible } from './eligible.ts'
import {
  getAuthority,
  getDelegatedUpon,
  getDelegatorSum,
  getPlacement,
  getTotalStake,
  setAuthority,
  setDelegatedUpon,
  setDelegatorSum,
  setPlacement,
  setTotalStake,
} from './view.ts'

/** Changes a reputer's own stake in the books; the coins move elsewhere. `change` in uallo, negative to take out. */
export function changeOwnStake(context: Context, topicId: bigint, reputer: string, change: bigint): void {
  const { state } = context
  setAuthority(state, topicId, reputer, getAuthority(state, topicId, reputer) + change)
  setTopicStake(state, topicId, getTopicStake(state, topicId) + change)
  setTotalStake(state, getTotalStake(state) + change)
  rememberEligible(context, topicId, reputer)
}

/** Changes a delegation in the books. Rewards pending so far must have been paid, as the debt starts anew. SPEC lifecycle 5.2 */
export function changeDelegatedStake(context: Context, delegation: Delegation, change: bigint): void {
  const { state } = context
  const { topicId, delegator, reputer } = delegation
  const { amount, debt } = getPlacement(state, topicId, delegator, reputer)
  setPlacement(state, topicId, delegator, reputer, { amount: amount + change, debt })
  startEarning(state, delegation)
  setDelegatorSum(state, topicId, delegator, getDelegatorSum(state, topicId, delegator) + change)
  setDelegatedUpon(state, topicId, reputer, getDelegatedUpon(state, topicId, reputer) + change)
  changeOwnStake(context, topicId, reputer, change)
}
