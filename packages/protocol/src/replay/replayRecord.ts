import { ProtocolError } from '../errors.ts'
import type { EpochRecord } from '../gen/starling/v1/epochs_pb.ts'
import { decodeScoringState } from '../modules/synthesis/decodeScoringState.ts'
import { readWhole } from '../num/readWhole.ts'
import { emptyScoringState } from '../scoring/emptyScoringState.ts'
import type { SettleInput } from '../scoring/settle/settleTypes.ts'
import { settleEpoch } from '../scoring/settleEpoch.ts'
import { rewardOfRecord } from './recomputeSubsidy.ts'
import { fromSettlementParams } from './settlementParams.ts'
import type { Replayed, ReplayTopic } from './types.ts'
import { voidOutcome } from './voidOutcome.ts'

/**
 * Settles an epoch again from its record's inputs and the bytes of two scoring states: the one of its answer and the
 * one before its settlement. Throws where the inputs are none that a chain would have written. SPEC QA-2
 */
export function replayRecord(
  topic: ReplayTopic,
  record: EpochRecord,
  states: { readonly published: Uint8Array; readonly before: Uint8Array },
): Replayed {
  const reward = rewardOfRecord(record)
  const bare = bareInput(topic, record, reward)
  try {
    const input = {
      ...bare,
      prior: decodeScoringState(states.published),
      priorUpdate: decodeScoringState(states.before),
    }
    return { input, outcome: settleEpoch(input) }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return { input: bare, outcome: voidOutcome(error, reward) }
  }
}

function bareInput({ id, policy }: ReplayTopic, record: EpochRecord, reward: bigint): SettleInput {
  const { params, inferences, forecasts, reports, lastAnswer, unrevealed } = record
  if (params === undefined) throw new Error('the record does not say which parameters were in force')
  return {
    topic: { id: Number(id), policy, params: fromSettlementParams(params) },
    nonce: Number(record.nonce),
    prior: emptyScoringState(),
    priorUpdate: emptyScoringState(),
    inferences,
    forecasts,
    reputers: reports.map(({ reputer, stake, value, label }) => ({
      address: reputer,
      stake: readWhole(stake),
      value: label === '' ? value : label,
    })),
    reward,
    lastAnswer: lastAnswer.length === 0 ? null : lastAnswer,
    missed: { inferers: unrevealed?.inferers ?? [], forecasters: unrevealed?.forecasters ?? [] },
  }
}
