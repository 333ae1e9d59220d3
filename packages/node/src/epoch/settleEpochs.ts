import { ProtocolError } from '@starling/protocol/errors'
import { EventReputerSubmissionWindowClosedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { voidOutcome } from '@starling/protocol/replay/voidOutcome'
import type { SettleOutcome } from '@starling/protocol/scoring/settle/settleTypes'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import type { Context } from '../app/context.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { mostDues } from '../modules/epochs/mostDues.ts'
import { closeSealedTruth } from '../modules/epochs/sealed/closeSealed.ts'
import { isTruthDone } from '../modules/epochs/sealed/isSealedDone.ts'
import { type Due, getOpenEpoch, takeDues } from '../modules/epochs/view.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { applyOutcome } from './applyOutcome.ts'
import { type GatheredEpoch, gatherEpoch, toSettleInput } from './gatherEpoch.ts'

/**
 * Settles the epochs whose truth window ends with this block: in the order of their nonces, as the truth windows of a
 * topic never overlap. SPEC lifecycle 3.3 step 5, VT-3, VT-9
 */
export function settleEpochs(context: Context): void {
  const { state, height } = context
  for (const due of takeDues(state, 'settle', height, mostDues(state))) settle(context, due)
}

function settle(context: Context, { topicId, nonce }: Due): void {
  const { state, emit, height } = context
  const waiting = getOpenEpoch(state, topicId, nonce)
  if (waiting === undefined || !isTruthDone(waiting, height)) return
  const topic = requireTopic(state, topicId)
  const epoch = topic.policy.sealed === undefined ? waiting : closeSealedTruth(context, topic, waiting)
  emit(typedEvent(EventReputerSubmissionWindowClosedSchema, { topicId, nonceBlockHeight: nonce }))
  const gathered = gatherEpoch(state, topic, epoch)
  applyOutcome(context, gathered, decide(gathered))
}

/**
 * What the rules refuse, a poisoned topic, voids that epoch alone, before anything is written. Anything else, and
 * anything that goes wrong in writing, is a bug and stops the node before it can fork the chain.
 */
function decide(gathered: GatheredEpoch): SettleOutcome {
  try {
    return settleEpoch(toSettleInput(gathered))
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return voidOutcome(error, gathered.reward)
  }
}
