import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { admitWork } from '@starling/protocol/scoring/settle/admitWork'
import { computeNetworkValues } from '@starling/protocol/scoring/synthesis/computeNetworkValues'
import type { NetworkValues } from '@starling/protocol/scoring/types'
import type { StateReader } from '../../app/context.ts'
import { type Due, getSubmissions } from '../epochs/view.ts'
import { getParams } from '../params/view.ts'
import { requireTopic } from '../topics/view.ts'

/**
 * The network values of an epoch that is not settled yet, from what was submitted and from `published`, the bytes of
 * the scoring state that its answer is made with; null for no inference. SPEC math 3
 */
export function computeNetwork(state: StateReader, due: Due, published: Uint8Array): NetworkValues | null {
  const { policy, base } = requireTopic(state, due.topicId)
  const { inferences, forecasts } = getSubmissions(state, due)
  const work = admitWork(policy, inferences, forecasts)
  return computeNetworkValues({
    inferences: work.inferences,
    forecasts: work.forecasts,
    state: decodeScoringState(published),
    params: scoringParamsOf(base, getParams(state)),
  })
}
