import { readAddress } from '../../app/readAddress.ts'
import { isRegistered } from '../actors/view.ts'
import type { TopicContext } from '../topics/topicQuery.ts'
import { getNextEpoch } from '../topics/view.ts'
import { type Awaited, findNextTruthWindow, listOpenWindows, windowOf } from './openWindows.ts'

/** What the reference tells of a role's window; heights are 0 where there is no such window. */
export type WindowStatus = {
  readonly isOpen: boolean
  readonly currentNonceBlockHeight: bigint
  readonly windowStartBlock: bigint
  readonly windowEndBlock: bigint
  readonly nextWindowStartBlock: bigint
  readonly nextWindowEndBlock: bigint
  readonly isRegistered: boolean
  readonly isWhitelisted: boolean
  readonly isTopicActive: boolean
}

/**
 * The newest window that takes what the next block carries, and the window after it; blocks are the first and the last
 * that are taken. Without an address nobody is registered or whitelisted, with one everybody is whitelisted. SPEC wire 1.5
 */
export function windowStatus(context: TopicContext, awaited: Awaited, address: string): WindowStatus {
  const { state, topic } = context
  const [current] = listOpenWindows(context, awaited, topic.id)
  const window = current === undefined ? nowhere : windowOf(current, awaited)
  const following = awaited === 'work' ? nextWorkWindow(context) : nextTruthWindow(context)
  const role = awaited === 'work' ? 'worker' : 'reputer'
  return {
    isOpen: current !== undefined,
    currentNonceBlockHeight: current?.nonce ?? 0n,
    windowStartBlock: window.from,
    windowEndBlock: window.to,
    nextWindowStartBlock: following.from,
    nextWindowEndBlock: following.to,
    isRegistered: address !== '' && isRegistered(state, role, topic.id, readAddress('address', address)),
    isWhitelisted: address !== '',
    isTopicActive: getNextEpoch(state, topic.id) !== 0n,
  }
}

type Window = ReturnType<typeof windowOf>
const nowhere: Window = { from: 0n, to: 0n }

function nextWorkWindow({ state, topic }: TopicContext): Window {
  const nonce = getNextEpoch(state, topic.id)
  return nonce === 0n ? nowhere : { from: nonce + 1n, to: nonce + topic.base.workerSubmissionWindow }
}

function nextTruthWindow(context: TopicContext): Window {
  const epoch = findNextTruthWindow(context, context.topic.id)
  return epoch === undefined ? nowhere : windowOf(epoch, 'truth')
}
