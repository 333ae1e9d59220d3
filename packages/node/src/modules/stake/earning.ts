import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'
import { getDelegateRemoval, getPlacement, getRewardPerShare, setPlacement } from './view.ts'

/** Who delegates to whom in which topic. */
export type Delegation = { readonly topicId: bigint; readonly delegator: string; readonly reputer: string }

/** The part of a delegation that earns, in uallo: what is being taken out earns nothing. SPEC PW-3 */
export function getEarning(state: StateReader, { topicId, delegator, reputer }: Delegation): bigint {
  const leaving = getDelegateRemoval(state, delegator, reputer, topicId)?.amount ?? '0'
  return getPlacement(state, topicId, delegator, reputer).amount - readWhole(leaving)
}

/** Lets a delegation earn from here on. Rewards pending so far must have been paid. SPEC lifecycle 5.2 */
export function startEarning(state: State, delegation: Delegation): void {
  const { topicId, delegator, reputer } = delegation
  const { amount } = getPlacement(state, topicId, delegator, reputer)
  const debt = getEarning(state, delegation) * getRewardPerShare(state, topicId, reputer)
  setPlacement(state, topicId, delegator, reputer, { amount, debt })
}
