import type { Context, StateReader } from '../../app/context.ts'
import { requireTopic } from '../topics/view.ts'
import { getAuthority, getHistory, getLeaving, setHistory } from './view.ts'

/** Blocks that a settlement may be late where very many epochs fall due at once. */
const LATEST = 64n

/** Stake that counts now, in uallo: own and delegated, without what is being removed. SPEC PW-3 */
export function getEligible(state: StateReader, topicId: bigint, reputer: string): bigint {
  return getAuthority(state, topicId, reputer) - getLeaving(state, topicId, reputer)
}

/** Stake that counts for an epoch, in uallo: the least of what counted when it opened and what counts now. SPEC PW-3 */
export function getEligibleFor(state: StateReader, topicId: bigint, reputer: string, nonce: bigint): bigint {
  const now = getEligible(state, topicId, reputer)
  const atStart = getHistory(state, topicId, reputer).findLast(({ height }) => height <= nonce)?.amount ?? 0n
  return atStart < now ? atStart : now
}

/**
 * Remembers what counts from this height on. What no open epoch can ask for is forgotten: all but the newest entry
 * before the oldest epoch that may still be open, and entries that no epoch opened after.
 */
export function rememberEligible({ state, height }: Context, topicId: bigint, reputer: string): void {
  const { base } = requireTopic(state, topicId)
  const horizon = height - base.groundTruthLag - base.epochLength - LATEST
  const history = getHistory(state, topicId, reputer)
  const newestOld = history.findLastIndex((checkpoint) => checkpoint.height <= horizon)
  const kept = history.slice(Math.max(0, newestOld)).filter((checkpoint) => checkpoint.height <= base.epochLastEnded)
  setHistory(state, topicId, reputer, [...kept, { height, amount: getEligible(state, topicId, reputer) }])
}
