import { create } from '@bufbuild/protobuf'
import { fromUtf8, toUtf8 } from '@starling/protocol/bytes/utf8'
import {
  type DelegateStakeRemovalInfo,
  DelegateStakeRemovalInfoSchema,
  DelegatorInfoSchema,
  type StakeRemovalInfo,
  StakeRemovalInfoSchema,
} from '@starling/protocol/gen/emissions/v3/types_pb'
import { stakeKeys } from '@starling/protocol/modules/stake/keys'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { State, StateReader } from '../../app/context.ts'
import { getMessage, getWhole, putMessage, putWhole } from '../../store/values.ts'

/** A delegation: its amount in uallo, and what of the rewards per share is paid already, on the scale of 10^36. */
export type Placement = { readonly amount: bigint; readonly debt: bigint }

/** All stake there is, in uallo. */
export function getTotalStake(state: StateReader): bigint {
  return getWhole(state.store('stake'), stakeKeys.total())
}

export function setTotalStake(state: State, amount: bigint): void {
  putWhole(state.store('stake'), stakeKeys.total(), amount)
}

/** Own and delegated stake of a reputer in a topic. */
export function getAuthority(state: StateReader, topicId: bigint, reputer: string): bigint {
  return getWhole(state.store('stake'), stakeKeys.authority(topicId, reputer))
}

export function setAuthority(state: State, topicId: bigint, reputer: string, amount: bigint): void {
  putWhole(state.store('stake'), stakeKeys.authority(topicId, reputer), amount)
}

/** What others delegated to a reputer in a topic. */
export function getDelegatedUpon(state: StateReader, topicId: bigint, reputer: string): bigint {
  return getWhole(state.store('stake'), stakeKeys.delegatedUpon(topicId, reputer))
}

export function setDelegatedUpon(state: State, topicId: bigint, reputer: string, amount: bigint): void {
  putWhole(state.store('stake'), stakeKeys.delegatedUpon(topicId, reputer), amount)
}

/** What a delegator delegated in a topic, to all reputers. */
export function getDelegatorSum(state: StateReader, topicId: bigint, delegator: string): bigint {
  return getWhole(state.store('stake'), stakeKeys.delegatorSum(topicId, delegator))
}

export function setDelegatorSum(state: State, topicId: bigint, delegator: string, amount: bigint): void {
  putWhole(state.store('stake'), stakeKeys.delegatorSum(topicId, delegator), amount)
}

/** A delegator's delegation to one reputer. */
export function getPlacement(state: StateReader, topicId: bigint, delegator: string, reputer: string): Placement {
  const key = stakeKeys.placement(topicId, delegator, reputer)
  const info = getMessage(state.store('stake'), DelegatorInfoSchema, key)
  return info === undefined
    ? { amount: 0n, debt: 0n }
    : { amount: readWhole(info.amount), debt: readWhole(info.rewardDebt) }
}

export function setPlacement(
  state: State,
  topicId: bigint,
  delegator: string,
  reputer: string,
  { amount, debt }: Placement,
): void {
  const store = state.store('stake')
  const key = stakeKeys.placement(topicId, delegator, reputer)
  if (amount === 0n) store.delete(key)
  else {
    const info = create(DelegatorInfoSchema, { amount: amount.toString(), rewardDebt: debt.toString() })
    putMessage(store, DelegatorInfoSchema, key, info)
  }
}

/** Rewards of one uallo of delegation since ever, times 10^36. */
export function getRewardPerShare(state: StateReader, topicId: bigint, reputer: string): bigint {
  return getWhole(state.store('stake'), stakeKeys.rewardPerShare(topicId, reputer))
}

export function setRewardPerShare(state: State, topicId: bigint, reputer: string, share: bigint): void {
  putWhole(state.store('stake'), stakeKeys.rewardPerShare(topicId, reputer), share)
}

/** Stake that is being removed, own and delegated. */
export function getLeaving(state: StateReader, topicId: bigint, reputer: string): bigint {
  return getWhole(state.store('stake'), stakeKeys.leaving(topicId, reputer))
}

export function setLeaving(state: State, topicId: bigint, reputer: string, amount: bigint): void {
  putWhole(state.store('stake'), stakeKeys.leaving(topicId, reputer), amount)
}

/** An amount in uallo from a height on. */
export type Checkpoint = { readonly height: bigint; readonly amount: bigint }

/** What counted from which height on, oldest first. */
export function getHistory(state: StateReader, topicId: bigint, reputer: string): readonly Checkpoint[] {
  return getCheckpoints(state, stakeKeys.history(topicId, reputer))
}

export function setHistory(state: State, topicId: bigint, reputer: string, history: readonly Checkpoint[]): void {
  setCheckpoints(state, stakeKeys.history(topicId, reputer), history)
}

/** Delegations upon a reputer that do not earn yet, by the height of the first epoch that they may earn in, oldest first. */
export function getJoining(state: StateReader, topicId: bigint, reputer: string): readonly Checkpoint[] {
  return getCheckpoints(state, stakeKeys.joining(topicId, reputer))
}

export function setJoining(state: State, topicId: bigint, reputer: string, joining: readonly Checkpoint[]): void {
  setCheckpoints(state, stakeKeys.joining(topicId, reputer), joining)
}

/** The parts of one delegation that did not earn when it was last looked at, oldest first. */
export function getJoiningOf(
  state: StateReader,
  topicId: bigint,
  delegator: string,
  reputer: string,
): readonly Checkpoint[] {
  return getCheckpoints(state, stakeKeys.joiningOf(topicId, delegator, reputer))
}

export function setJoiningOf(
  state: State,
  topicId: bigint,
  delegator: string,
  reputer: string,
  joining: readonly Checkpoint[],
): void {
  setCheckpoints(state, stakeKeys.joiningOf(topicId, delegator, reputer), joining)
}

/** Rewards per share from which on the delegations of such a height earn; undefined while they do not. */
export function getJoined(state: StateReader, topicId: bigint, reputer: string, height: bigint): bigint | undefined {
  const bytes = state.store('stake').get(stakeKeys.joined(topicId, reputer, height))
  return bytes === undefined ? undefined : readWhole(fromUtf8(bytes))
}

export function setJoined(state: State, topicId: bigint, reputer: string, height: bigint, share: bigint): void {
  state.store('stake').put(stakeKeys.joined(topicId, reputer, height), toUtf8(share.toString()))
}

function getCheckpoints(state: StateReader, key: Uint8Array): readonly Checkpoint[] {
  const bytes = state.store('stake').get(key)
  if (bytes === undefined) return []
  return fromUtf8(bytes)
    .split('\n')
    .map((line) => {
      const [height = '', amount = ''] = line.split(' ')
      return { height: readWhole(height), amount: readWhole(amount) }
    })
}

function setCheckpoints(state: State, key: Uint8Array, checkpoints: readonly Checkpoint[]): void {
  const store = state.store('stake')
  const text = checkpoints.map(({ height, amount }) => `${height} ${amount}`).join('\n')
  if (checkpoints.length === 0) store.delete(key)
  else store.put(key, toUtf8(text))
}

/** The one pending removal of a reputer's own stake in a topic. */
export function getRemoval(state: StateReader, reputer: string, topicId: bigint): StakeRemovalInfo | undefined {
  const store = state.store('stake')
  const height = getWhole(store, stakeKeys.removalOf(reputer, topicId))
  return height === 0n
    ? undefined
    : getMessage(store, StakeRemovalInfoSchema, stakeKeys.removal(height, topicId, reputer))
}

export function addRemoval(state: State, removal: StakeRemovalInfo): void {
  const { reputer, topicId, blockRemovalCompleted } = removal
  const store = state.store('stake')
  putMessage(store, StakeRemovalInfoSchema, stakeKeys.removal(blockRemovalCompleted, topicId, reputer), removal)
  putWhole(store, stakeKeys.removalOf(reputer, topicId), blockRemovalCompleted)
}

export function deleteRemoval(state: State, { reputer, topicId, blockRemovalCompleted }: StakeRemovalInfo): void {
  const store = state.store('stake')
  store.delete(stakeKeys.removal(blockRemovalCompleted, topicId, reputer))
  store.delete(stakeKeys.removalOf(reputer, topicId))
}

/** The first removals by completion height, at most `limit`. */
export function listRemovals(state: StateReader, limit: number): readonly StakeRemovalInfo[] {
  const store = state.store('stake')
  const keys = [...store.scan(stakeKeys.removals(), { limit })].map(([key]) => key)
  return keys.flatMap((key) => getMessage(store, StakeRemovalInfoSchema, key) ?? [])
}

/** The one pending removal of a delegation. */
export function getDelegateRemoval(
  state: StateReader,
  delegator: string,
  reputer: string,
  topicId: bigint,
): DelegateStakeRemovalInfo | undefined {
  const store = state.store('stake')
  const height = getWhole(store, stakeKeys.delegateRemovalOf(delegator, reputer, topicId))
  if (height === 0n) return undefined
  return getMessage(
    store,
    DelegateStakeRemovalInfoSchema,
    stakeKeys.delegateRemoval(height, topicId, delegator, reputer),
  )
}

export function addDelegateRemoval(state: State, removal: DelegateStakeRemovalInfo): void {
  const { delegator, reputer, topicId, blockRemovalCompleted } = removal
  const store = state.store('stake')
  const key = stakeKeys.delegateRemoval(blockRemovalCompleted, topicId, delegator, reputer)
  putMessage(store, DelegateStakeRemovalInfoSchema, key, removal)
  putWhole(store, stakeKeys.delegateRemovalOf(delegator, reputer, topicId), blockRemovalCompleted)
}

export function deleteDelegateRemoval(state: State, removal: DelegateStakeRemovalInfo): void {
  const { delegator, reputer, topicId, blockRemovalCompleted } = removal
  const store = state.store('stake')
  store.delete(stakeKeys.delegateRemoval(blockRemovalCompleted, topicId, delegator, reputer))
  store.delete(stakeKeys.delegateRemovalOf(delegator, reputer, topicId))
}

/** The first removals of delegations by completion height, at most `limit`. */
export function listDelegateRemovals(state: StateReader, limit: number): readonly DelegateStakeRemovalInfo[] {
  const store = state.store('stake')
  const keys = [...store.scan(stakeKeys.delegateRemovals(), { limit })].map(([key]) => key)
  return keys.flatMap((key) => getMessage(store, DelegateStakeRemovalInfoSchema, key) ?? [])
}
