import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { NetworkValues } from '@starling/protocol/scoring/types'
import type { StateReader } from '../../app/context.ts'
import { QueryError } from '../../app/queryError.ts'
import { getOpenEpoch } from '../epochs/view.ts'
import { computeNetwork } from '../synthesis/computeNetwork.ts'
import { getAnswer, getLatestAnswer, getPublishedBytes } from '../synthesis/view.ts'
import { getRecord } from './view.ts'

/** Every network value of an epoch but the weights. */
export type PublishedNetwork = Omit<NetworkValues, 'weights'>

/** The answer of a nonce, or the newest one where no nonce is given; a `QueryError` where there is none. */
export function findAnswer(state: StateReader, topicId: bigint, nonce?: bigint): Answer {
  const answer = nonce === undefined ? getLatestAnswer(state, topicId) : getAnswer(state, topicId, nonce)
  if (answer !== undefined) return answer
  const which = nonce === undefined ? ' yet' : ` for nonce ${nonce}`
  throw new QueryError('NOT_FOUND', `topic ${topicId} has no answer${which}`)
}

/**
 * An answer with the values that it stands among: from the record, or computed again while the epoch is open. Where
 * the record is forgotten, or has no values as the rules refused to settle, combined and naive are all that is left.
 */
export function findNetwork(state: StateReader, { topicId, nonce, values, naive }: Answer): PublishedNetwork {
  const network = getRecord(state, topicId, nonce)?.network ?? computeOpen(state, topicId, nonce) ?? nothing
  return { ...network, combined: values, naive }
}

function computeOpen(state: StateReader, topicId: bigint, nonce: bigint): NetworkValues | null {
  const published = getPublishedBytes(state, topicId, nonce)
  if (published === undefined || getOpenEpoch(state, topicId, nonce) === undefined) return null
  return computeNetwork(state, { topicId, nonce }, published)?.network ?? null
}

const nothing: Omit<PublishedNetwork, 'combined' | 'naive'> = {
  inferers: [],
  forecasters: [],
  oneOutInferers: [],
  oneOutForecasters: [],
  oneInForecasters: [],
  oneOutInfererForecasters: [],
}
