import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'
import { requireTopic } from '../topics/view.ts'
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
  return amount - leaving - sumOf(getJoiningOf(state, topicId, delegator, reputer))
}

/** What a delegation has earned and was not paid, times 10^36. SPEC lifecycle 5.3 */
export function getOwed(state: StateReader, delegation: Delegation): bigint {
  const { topicId, delegator, reputer } = delegation
  const share = getRewardPerShare(state, topicId, reputer)
  const { debt } = getPlacement(state, topicId, delegator, reputer)
  return getJoiningOf(state, topicId, delegator, reputer).reduce(
    (owed, { height, amount }) => owed + amount * (share - (getJoined(state, topicId, reputer, height) ?? share)),
    getEarning(state, delegation) * share - debt,
  )
}

/** Lets a delegation earn from here on. What it is owed so far must have been paid. SPEC lifecycle 5.2 */
export function startEarning(state: State, delegation: Delegation): void {
  const { topicId, delegator, reputer } = delegation
  const joining = getJoiningOf(state, topicId, delegator, reputer)
  const waiting = joining.filter(({ height }) => getJoined(state, topicId, reputer, height) === undefined)
  if (waiting.length < joining.length) setJoiningOf(state, topicId, delegator, reputer, waiting)
  const { amount } = getPlacement(state, topicId, delegator, reputer)
  const debt = getEarning(state, delegation) * getRewardPerShare(state, topicId, reputer)
  setPlacement(state, topicId, delegator, reputer, { amount, debt })
}

/** Lets a part of a delegation wait for the topic's next epoch. What the delegation is owed must have been paid. SPEC PW-3 */
export function join(state: State, delegation: Delegation, amount: bigint): void {
  const at = requireTopic(state, delegation.topicId).base.epochLastEnded + 1n
  changeJoining(state, delegation, at, amount)
  startEarning(state, delegation)
}

/** Takes a part of a delegation out: first of what waits, the newest first. What it is owed must have been paid. SPEC PW-3 */
export function leave(state: State, delegation: Delegation, amount: bigint): void {
  startEarning(state, delegation)
  const { topicId, delegator, reputer } = delegation
  let left = amount
  for (const waiting of getJoiningOf(state, topicId, delegator, reputer).toReversed()) {
    // biome-ignore lint/complexity/useMathMinMax: bigint
    const taken = waiting.amount < left ? waiting.amount : left
    if (taken > 0n) changeJoining(state, delegation, waiting.height, -taken)
    left -= taken
  }
  startEarning(state, delegation)
}

/** Changes what of a delegation, and of all upon its reputer, waits from a height on. */
function changeJoining(state: State, { topicId, delegator, reputer }: Delegation, at: bigint, change: bigint): void {
  setJoining(state, topicId, reputer, addAmount(getJoining(state, topicId, reputer), at, change))
  const own = addAmount(getJoiningOf(state, topicId, delegator, reputer), at, change)
  setJoiningOf(state, topicId, delegator, reputer, own)
}

/** Delegations that were made before an epoch opened earn from its reward on. Returns what still waits, in uallo. SPEC PW-3 */
export function admitJoining(state: State, topicId: bigint, reputer: string, nonce: bigint): bigint {
  const joining = getJoining(state, topicId, reputer)
  const share = getRewardPerShare(state, topicId, reputer)
  for (const { height } of joining) if (height <= nonce) setJoined(state, topicId, reputer, height, share)
  const waiting = joining.filter(({ height }) => height > nonce)
  if (waiting.length < joining.length) setJoining(state, topicId, reputer, waiting)
  return sumOf(waiting)
}

function sumOf(list: readonly Checkpoint[]): bigint {
  return list.reduce((sum, { amount }) => sum + amount, 0n)
}

/** The list with an amount more at a height, in the order of heights. */
function addAmount(list: readonly Checkpoint[], height: bigint, amount: bigint): readonly Checkpoint[] {
  const known = list.find((entry) => entry.height === height)?.amount ?? 0n
  const others = list.filter((entry) => entry.height !== height)
  const changed = known + amount === 0n ? others : [...others, { height, amount: known + amount }]
  return changed.toSorted((a, b) => (a.height < b.height ? -1 : 1))
}
