import { create } from '@bufbuild/protobuf'
import { ProtocolError } from '@starling/protocol/errors'
import { EventWorkerSubmissionWindowClosedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { AnswerSchema, type OpenEpoch, OpenEpochSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { EventAnswerPublishedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { toAnswer } from '@starling/protocol/modules/synthesis/toAnswer'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { hashSettlementParams } from '@starling/protocol/replay/settlementParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import type { Context, StateReader } from '../app/context.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { mostDues } from '../modules/epochs/mostDues.ts'
import { closeSealedWork } from '../modules/epochs/sealed/closeSealed.ts'
import { isWorkDone } from '../modules/epochs/sealed/isSealedDone.ts'
import { type Due, getOpenEpoch, putOpenEpoch, takeDues } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import { type ComputedNetwork, computeNetwork } from '../modules/synthesis/computeNetwork.ts'
import { getLatestAnswer, getStateBytes, putAnswer, putPublishedBytes } from '../modules/synthesis/view.ts'
import { requireTopic } from '../modules/topics/view.ts'

/**
 * Closes the worker windows that end with this block and publishes the answers. What the scoring knew at this moment is
 * kept until the epoch is settled, as it gives every value of the epoch. SPEC lifecycle 1.6, 3.3 step 6
 */
export function publishAnswers(context: Context): void {
  const { state, height } = context
  for (const due of takeDues(state, 'answer', height, mostDues(state))) publishAnswer(context, due)
}

function publishAnswer(context: Context, due: Due): void {
  const { state, emit } = context
  const { topicId, nonce } = due
  const waiting = getOpenEpoch(state, topicId, nonce)
  if (waiting === undefined || waiting.workClosed || !isWorkDone(waiting, context.height)) return
  const epoch = closeWork(context, waiting, due)
  emit(typedEvent(EventWorkerSubmissionWindowClosedSchema, { topicId, nonceBlockHeight: nonce }))
  const bytes = getStateBytes(state, topicId) ?? encodeScoringState(emptyScoringState())
  putPublishedBytes(state, topicId, nonce, bytes)
  const computed = combineOrNull(state, due, bytes)
  if (computed === null) return
  const { base, policy } = requireTopic(state, topicId)
  // Guesses of contribution pay: who repeats the network's newest answer shows no skill.
  const lastAnswer = policy.pay === 'contribution' ? (getLatestAnswer(state, topicId)?.values ?? []) : []
  const answer = create(AnswerSchema, { ...toAnswer(policy, computed.answer), topicId, nonce, height: context.height })
  putAnswer(state, answer)
  const publishedParams = hashSettlementParams(scoringParamsOf(base, getParams(state)))
  putOpenEpoch(state, topicId, create(OpenEpochSchema, { ...epoch, answered: true, publishedParams, lastAnswer }))
  emit(
    typedEvent(EventAnswerPublishedSchema, {
      topicId,
      nonce,
      values: answer.values.map(formatDecimal),
      contributors: answer.contributors,
    }),
  )
}

/** Plain submissions leave nothing to close. */
function closeWork(context: Context, epoch: OpenEpoch, { topicId }: Due): OpenEpoch {
  if (epoch.workerCommitClose === 0n) return epoch
  const closed = closeSealedWork(context, requireTopic(context.state, topicId), epoch)
  putOpenEpoch(context.state, topicId, closed)
  return closed
}

/** Null without inferences, and where the rules refuse what the scoring remembers: then the epoch will be void. */
function combineOrNull(state: StateReader, due: Due, bytes: Uint8Array): ComputedNetwork | null {
  try {
    return computeNetwork(state, due, bytes)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return null
  }
}
