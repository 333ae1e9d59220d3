import type { ProtocolError } from '../errors.ts'
import { emptyScoringState } from '../scoring/emptyScoringState.ts'
import type { SettleOutcome } from '../scoring/settle/settleTypes.ts'

/**
 * An epoch that the rules refuse to settle, such as one of a poisoned topic: nobody is paid, and what the scoring
 * remembers stays as it is. `reward` in uallo.
 */
export function voidOutcome(error: ProtocolError, reward: bigint): SettleOutcome {
  const nobody = { inferers: [], forecasters: [], reputers: [] }
  return {
    status: 'void',
    reason: error.message,
    truth: null,
    network: null,
    losses: null,
    answer: null,
    contribution: null,
    scores: nobody,
    fractions: nobody,
    split: { inferers: 0, forecasters: 0, reputers: 0 },
    rewards: [],
    unpaid: reward,
    skipped: [],
    state: emptyScoringState(),
  }
}
