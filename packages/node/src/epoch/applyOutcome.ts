import { create } from '@bufbuild/protobuf'
import { sha256 } from '@starling/protocol/crypto/sha256'
import {
  type EpochRecord,
  EpochRecordSchema,
  type FeeSettlement,
  type SubsidySettlement,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
import { EventEpochClosedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { scoringParamsOf } from '@starling/protocol/modules/params/scoringParamsOf'
import { toRecord } from '@starling/protocol/modules/rewards/toRecord'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readWhole } from '@starling/protocol/num/readWhole'
import { toSettlementParams } from '@starling/protocol/replay/settlementParams'
import type { SettleOutcome } from '@starling/protocol/scoring/settle/settleTypes'
import type { Context } from '../app/context.ts'
import { typedEvent } from '../app/typedEvent.ts'
import { deleteOpenEpoch, deleteSubmission, listActive } from '../modules/epochs/view.ts'
import { feesOf } from '../modules/payments/feesOf.ts'
import { payFees } from '../modules/payments/payFees.ts'
import { paySubsidy } from '../modules/payments/paySubsidy.ts'
import { keepRecord } from '../modules/rewards/keepRecord.ts'
import { payRewards } from '../modules/rewards/payRewards.ts'
import { getEpochCounts, getRecordHash } from '../modules/rewards/view.ts'
import { deletePublished, getAnswer, putStateBytes } from '../modules/synthesis/view.ts'
import type { GatheredEpoch } from './gatherEpoch.ts'
import { updateMerits } from './updateMerits.ts'

/** Every so many records one holds the full scoring state, so that anybody can replay from there. SPEC GR-3 */
const FULL_STATE_EVERY = 64n

/** Writes what a settlement decided: payments, merits, the scoring state, the record; and clears the epoch away. */
export function applyOutcome(context: Context, gathered: GatheredEpoch, outcome: SettleOutcome): void {
  const { state, emit } = context
  const { topic, epoch } = gathered
  const { nonce } = epoch
  const stateBytes = outcome.status === 'settled' ? encodeScoringState(outcome.state) : gathered.priorBytes
  payRewards(context, { topicId: topic.id, nonce, pot: readWhole(epoch.pot), outcome })
  const money = settleMoney(context, gathered, outcome)
  if (outcome.status === 'settled') {
    putStateBytes(state, topic.id, stateBytes)
    updateMerits(context, topic, nonce, outcome.scores)
  }
  const record = makeRecord(context, gathered, outcome, stateBytes)
  keepRecord(state, create(EpochRecordSchema, { ...record, ...money }))
  clearAway(context, topic.id, nonce)
  const { status, reason = '' } = outcome
  const truth = outcome.truth === null ? '' : (topic.policy.labels[outcome.truth] ?? formatDecimal(outcome.truth))
  emit(typedEvent(EventEpochClosedSchema, { topicId: topic.id, nonce, status, reason, truth }))
}

/** What becomes of the fees, and of what the rule does not let the pot pay, as the record holds it. SPEC PW-1, PW-2 */
function settleMoney(
  context: Context,
  { topic, epoch, terms, reward }: GatheredEpoch,
  outcome: SettleOutcome,
): { readonly fees?: FeeSettlement; readonly subsidy?: SubsidySettlement } {
  const closed = { topicId: topic.id, nonce: epoch.nonce, outcome }
  const fees = payFees(context, { ...closed, earmarked: feesOf(epoch) })
  if (terms === undefined) return fees === undefined ? {} : { fees }
  const subsidy = paySubsidy(context, { ...closed, pot: readWhole(epoch.pot), reward, terms })
  return fees === undefined ? { subsidy } : { fees, subsidy }
}

function makeRecord(
  { state, height }: Context,
  { topic, epoch, params, submissions, reputers, publishedBytes, priorBytes }: GatheredEpoch,
  outcome: SettleOutcome,
  stateBytes: Uint8Array,
): EpochRecord {
  const { nonce, pot } = epoch
  const { settled, void: voided, contested, lastRecord, fullHeight } = getEpochCounts(state, topic.id)
  const stakes = new Map(reputers.map(({ address, stake }) => [address, stake.toString()]))
  const previous = getRecordHash(state, topic.id, lastRecord)
  const full = (settled + voided + contested) % FULL_STATE_EVERY === 0n
  // An answer knows the settlements of its own block; one from before the full state knows none of the states after it.
  const older = epoch.workerClose < fullHeight
  return create(EpochRecordSchema, {
    topicId: topic.id,
    nonce,
    answerHeight: getAnswer(state, topic.id, nonce)?.height ?? 0n,
    settledHeight: height,
    inferences: [...submissions.inferences],
    forecasts: [...submissions.forecasts],
    reports: submissions.reports.map((report) => ({ ...report, stake: stakes.get(report.reputer) ?? '0' })),
    pot,
    stateAtPublication: sha256(publishedBytes),
    stateBefore: sha256(priorBytes),
    stateAfter: sha256(stateBytes),
    ...(previous === undefined ? {} : { previous }),
    previousNonce: lastRecord,
    ...(full ? { fullState: stateBytes } : {}),
    ...(older ? { publishedState: publishedBytes } : {}),
    params: toSettlementParams(scoringParamsOf(topic.base, params)),
    paramsAtPublication: epoch.publishedParams,
    lastAnswer: epoch.lastAnswer,
    ...(epoch.unrevealed === undefined ? {} : { unrevealed: epoch.unrevealed }),
    ...toRecord(topic.policy, outcome),
  })
}

function clearAway({ state }: Context, topicId: bigint, nonce: bigint): void {
  const roles: readonly SubmitterRole[] = ['inferer', 'forecaster', 'reputer']
  for (const role of roles) {
    for (const address of listActive(state, role, topicId, nonce)) {
      deleteSubmission(state, role, { topicId, nonce }, address)
    }
  }
  deletePublished(state, topicId, nonce)
  deleteOpenEpoch(state, topicId, nonce)
}
