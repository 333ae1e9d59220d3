import { create } from '@bufbuild/protobuf'
import { EventWorkerSubmissionWindowClosedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { AnswerSchema, OpenEpochSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { EventAnswerPublishedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { admitWork } from '@starling/protocol/scoring/settle/admitWork'
import { computeNetworkValues } from '@starling/protocol/scoring/synthesis/computeNetworkValues'
import { computeSpread } from '@starling/protocol/scoring/synthesis/computeSpread'
import type { NetworkValues } from '@starling/protocol/scoring/types'
import type { Context } from '../app/context.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { type Due, getOpenEpoch, getSubmissions, putOpenEpoch, takeDues } from '../modules/epochs/view.ts'
import { getParams } from '../modules/params/view.ts'
import { getStateBytes, putAnswer, putPublishedBytes } from '../modules/synthesis/view.ts'
import { requireTopic } from '../modules/topics/view.ts'

/**
 * Closes the worker windows that end with this block and publishes the answers. What the scoring knew at this moment is
 * kept until the epoch is settled, as it gives every value of the epoch. SPEC lifecycle 1.6, 3.3 step 6
 */
export function publishAnswers(context: Context): void {
  for (const due of takeDues(context.state, 'answer', context.height)) publishAnswer(context, due)
}

function publishAnswer(context: Context, due: Due): void {
  const { state, emit } = context
  const { topicId, nonce } = due
  emit(typedEvent(EventWorkerSubmissionWindowClosedSchema, { topicId, nonceBlockHeight: nonce }))
  const bytes = getStateBytes(state, topicId) ?? encodeScoringState(emptyScoringState())
  putPublishedBytes(state, topicId, nonce, bytes)
  const network = computeNetwork(context, due, bytes)
  const epoch = getOpenEpoch(state, topicId, nonce)
  if (network === null || epoch === undefined) return
  // One inference alone has no weights: it is the answer. SPEC math 3.0
  const contributors = Math.max(1, network.weights.filter(({ weight }) => weight > 0).length)
  putAnswer(
    state,
    create(AnswerSchema, {
      topicId,
      nonce,
      height: context.height,
      values: [...network.combined],
      naive: [...network.naive],
      spread: computeSpread(network),
      contributors,
    }),
  )
  putOpenEpoch(state, topicId, create(OpenEpochSchema, { ...epoch, answered: true }))
  emit(
    typedEvent(EventAnswerPublishedSchema, {
      topicId,
      nonce,
      values: network.combined.map(formatDecimal),
      contributors,
    }),
  )
}

function computeNetwork({ state }: Context, due: Due, bytes: Uint8Array): NetworkValues | null {
  const { policy, base } = requireTopic(state, due.topicId)
  const { inferences, forecasts } = getSubmissions(state, due)
  const work = admitWork(policy, inferences, forecasts)
  return computeNetworkValues({
    inferences: work.inferences,
    forecasts: work.forecasts,
    state: decodeScoringState(bytes),
    params: scoringParamsOf(base, getParams(state)),
  })
}
