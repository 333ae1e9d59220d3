import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { admitWork } from '@starling/protocol/scoring/settle/admitWork'
import type { NetworkValues } from '@starling/protocol/scoring/types'
import { answerOf, type PublishedAnswer } from '@starling/protocol/scoring/verified/answerOf'
import { synthesise } from '@starling/protocol/scoring/verified/synthesise'
import type { StateReader } from '../../app/context.ts'
import { type Due, getSubmissions } from '../epochs/view.ts'
import { getParams } from '../params/view.ts'
import { requireTopic } from '../topics/view.ts'

/** The values of an epoch that is not settled, and the answer they make. */
export type ComputedNetwork = { readonly network: NetworkValues; readonly answer: PublishedAnswer }

/**
 * The network values of an epoch that is not settled yet, from what was submitted and from `published`, the bytes of
 * the scoring state that its answer is made with; null for no inference. SPEC math 3, VT-10
 */
export function computeNetwork(state: StateReader, due: Due, published: Uint8Array): ComputedNetwork | null {
  const { policy, base } = requireTopic(state, due.topicId)
  const { inferences, forecasts } = getSubmissions(state, due)
  const work = admitWork(policy, inferences, forecasts)
  const scoring = decodeScoringState(published)
  const synthesis = synthesise({
    policy,
    inferences: work.inferences,
    forecasts: work.forecasts,
    state: scoring,
    params: scoringParamsOf(base, getParams(state)),
  })
  if (synthesis === null) return null
  return { network: synthesis.network, answer: answerOf(policy, synthesis.network, scoring) }
}
