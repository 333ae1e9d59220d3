import { readWhole } from '@starling/protocol/num/readWhole'
import type { Context, State, StateReader } from '../../app/context.ts'
import {
  type Checkpoint,
  getDelegateRemoval,
  getJoined,
  getJoining,
  getJoiningOf,
  getPlacement,
  getRewardPerShare,
  setJoined,
  setJoining,
  setJoiningOf,
  setPlacement,
} from './view.ts'

/** Who delegates to whom in which topic. */
export type Delegation = { readonly topicId: bigint; readonly delegator: string; readonly reputer: string }

/** The part of a delegation that earned all the time, in uallo: without what is being taken out or came later. SPEC PW-3 */
export function getEarning(state: StateReader, { topicId, delegator, reputer }: Delegation): bigint {
  const leaving = readWhole(getDelegateRemoval(state, delegator, reputer, topicId)?.amount ?? '0')
  const { amount } = getPlacement(state, topicId, delegator, reputer)
  return amount - leaving - getJoiningOf(state, topicId, delegator, reputer).amount
}

/** What a delegation has earned and was not paid, times 10^36. SPEC lifecycle 5.3 */
export function getOwed(state: StateReader, delegation: Delegation): bigint {
  const { topicId, delegator, reputer } = delegation
  const share = getRewardPerShare(state, topicId, reputer)
  const { height, amount } = getJoiningOf(state, topicId, delegator, reputer)
  const since = getJoined(state, topicId, reputer, height) ?? share
  const { debt } = getPlacement(state, topicId, delegator, reputer)
  return getEarning(state, delegation) * share - debt + amount * (share - since)
}

/** Lets a delegation earn from here on. What it is owed so far must have been paid. SPEC lifecycle 5.2 */
export function startEarning(state: State, delegation: Delegation): void {
  const { topicId, delegator, reputer } = delegation
  const { height } = getJoiningOf(state, topicId, delegator, reputer)
  const earns = getJoined(state, topicId, reputer, height) !== undefined
  if (earns) setJoiningOf(state, topicId, delegator, reputer, { height: 0n, amount: 0n })
  const { amount } = getPlacement(state, topicId, delegator, reputer)
  const debt = getEarning(state, delegation) * getRewardPerShare(state, topicId, reputer)
  setPlacement(state, topicId, delegator, reputer, { amount, debt })
}

/**
 * Lets a part of a delegation wait for the next epoch, together with what waits already; a negative change takes out of
 * what waits, as far as that goes. What the delegation is owed must have been paid. SPEC PW-3
 */
export function changeJoining({ state, height }: Context, delegation: Delegation, change: bigint): void {
  const { topicId, delegator, reputer } = delegation
  // What has begun to earn meanwhile waits no longer.
  startEarning(state, delegation)
  const waiting = getJoiningOf(state, topicId, delegator, reputer)
  const left = waiting.amount + change > 0n ? waiting.amount + change : 0n
  const at = change > 0n ? height : waiting.height
  const others = addAmount(getJoining(state, topicId, reputer), waiting.height, -waiting.amount)
  setJoining(state, topicId, reputer, addAmount(others, at, left))
  setJoiningOf(state, topicId, delegator, reputer, { height: at, amount: left })
  startEarning(state, delegation)
}

/** Delegations that were made before an epoch opened earn from its reward on. Returns what still waits, in uallo. SPEC PW-3 */
export function admitJoining(state: State, topicId: bigint, reputer: string, nonce: bigint): bigint {
  const joining = getJoining(state, topicId, reputer)
  const share = getRewardPerShare(state, topicId, reputer)
  for (const { height } of joining) if (height <= nonce) setJoined(state, topicId, reputer, height, share)
  const waiting = joining.filter(({ height }) => height > nonce)
  if (waiting.length < joining.length) setJoining(state, topicId, reputer, waiting)
  return waiting.reduce((sum, { amount }) => sum + amount, 0n)
}

/** The list with an amount more at a height, in the order of heights. */
function addAmount(list: readonly Checkpoint[], height: bigint, amount: bigint): readonly Checkpoint[] {
  const known = list.find((entry) => entry.height === height)?.amount ?? 0n
  const others = list.filter((entry) => entry.height !== height)
  const changed = known + amount === 0n ? others : [...others, { height, amount: known + amount }]
  return changed.toSorted((a, b) => (a.height < b.height ? -1 : 1))
}
