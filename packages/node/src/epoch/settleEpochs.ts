import { ProtocolError } from '@starling/protocol/errors'
import { EventReputerSubmissionWindowClosedSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import type { SettleOutcome } from '@starling/protocol/scoring/settle/settleTypes'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import type { Context } from '../app/context.ts'
import { inFork } from '../app/inFork.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { type Due, getOpenEpoch, takeDues } from '../modules/epochs/view.ts'
import { requireTopic } from '../modules/topics/view.ts'
import { applyOutcome } from './applyOutcome.ts'
import { type GatheredEpoch, gatherEpoch } from './gatherEpoch.ts'

/**
 * Settles the epochs whose truth window ends with this block, each on its own layer of the state: what the rules refuse
 * voids that epoch alone. SPEC lifecycle 3.3 step 5, VT-3
 */
export function settleEpochs(context: Context): void {
  for (const due of takeDues(context.state, 'settle', context.height)) settle(context, due)
}

function settle(context: Context, { topicId, nonce }: Due): void {
  const { state, emit } = context
  const epoch = getOpenEpoch(state, topicId, nonce)
  if (epoch === undefined) return
  emit(typedEvent(EventReputerSubmissionWindowClosedSchema, { topicId, nonceBlockHeight: nonce }))
  const gathered = gatherEpoch(state, requireTopic(state, topicId), epoch)
  try {
    inFork(context, (fork) => applyOutcome(fork, gathered, settleEpoch(gathered.input)))
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    inFork(context, (fork) => applyOutcome(fork, gathered, voided(gathered, error)))
  }
}

/** An epoch that the rules refuse to settle: nobody is paid, nothing moves. */
function voided({ input }: GatheredEpoch, error: ProtocolError): SettleOutcome {
  const nobody = { inferers: [], forecasters: [], reputers: [] }
  return {
    status: 'void',
    reason: error.message,
    truth: null,
    network: null,
    losses: null,
    scores: nobody,
    fractions: nobody,
    split: { inferers: 0, forecasters: 0, reputers: 0 },
    rewards: [],
    unpaid: input.reward,
    skipped: [],
    state: input.priorUpdate,
  }
}
