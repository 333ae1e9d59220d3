import { create } from '@bufbuild/protobuf'
import {
  EventReputerSubmissionWindowOpenedSchema,
  EventWorkerSubmissionWindowOpenedSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
import { TopicSchema as BaseTopicSchema } from '@starling/protocol/gen/emissions/v10/types_pb'
import { OpenEpochSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { getFirstNonce, type StoredTopic, setBaseTopic, setFirstNonce } from '../topics/view.ts'
import { mostDues } from './mostDues.ts'
import { getOpenEpoch, putDue, putOpenEpoch, takeDues } from './view.ts'

/**
 * Opens an epoch of a topic with this block's height as its nonce C. Worker payloads are taken in C+1 … C+WSW; the
 * truth in C+GTL+1 … C+GTL+E, at the end of which the epoch is settled. Of sealed submissions the policy has the windows.
 * `pot` and `fees` in uallo. SPEC lifecycle 1.5, VT-2
 */
export function openEpoch(context: Context, topic: StoredTopic, pot: bigint, fees: bigint): void {
  const { state, height: nonce, emit } = context
  const { id: topicId, base } = topic
  const { sealed } = topic.policy
  const workerClose = nonce + base.workerSubmissionWindow
  const lagged = nonce + base.groundTruthLag
  const truthOpen = lagged + 1n
  const truthClose = lagged + (sealed === undefined ? base.epochLength : sealed.truthCommit + sealed.truthReveal)
  const workerCommitClose = sealed === undefined ? 0n : nonce + sealed.workerCommit
  const truthCommitClose = sealed === undefined ? 0n : lagged + sealed.truthCommit
  if (getFirstNonce(state, topicId) === 0n) setFirstNonce(state, topicId, nonce)
  setBaseTopic(state, topic, create(BaseTopicSchema, { ...base, epochLastEnded: nonce }))
  putOpenEpoch(
    state,
    topicId,
    create(OpenEpochSchema, {
      nonce,
      workerOpen: nonce + 1n,
      workerClose,
      truthOpen,
      truthClose,
      answered: false,
      pot: pot.toString(),
      workerCommitClose,
      truthCommitClose,
      fees: fees === 0n ? '' : fees.toString(),
    }),
  )
  putDue(state, 'answer', workerClose, { topicId, nonce })
  putDue(state, 'truth', truthOpen - 1n, { topicId, nonce })
  putDue(state, 'settle', truthClose, { topicId, nonce })
  // Where nobody commits there is nothing to wait for.
  if (sealed !== undefined) {
    putDue(state, 'answer', workerCommitClose, { topicId, nonce })
    putDue(state, 'settle', truthCommitClose, { topicId, nonce })
  }
  emit(
    typedEvent(EventWorkerSubmissionWindowOpenedSchema, {
      topicId,
      nonceBlockHeight: nonce,
      windowEndBlock: workerClose,
    }),
  )
}

/** Says which epochs' truth is taken from the next block on. */
export function announceTruthWindows({ state, height, emit }: Context): void {
  for (const { topicId, nonce } of takeDues(state, 'truth', height, mostDues(state))) {
    const epoch = getOpenEpoch(state, topicId, nonce)
    if (epoch === undefined) continue
    emit(
      typedEvent(EventReputerSubmissionWindowOpenedSchema, {
        topicId,
        nonceBlockHeight: nonce,
        windowEndBlock: epoch.truthClose,
      }),
    )
  }
}
