import { create } from '@bufbuild/protobuf'
import type { Attributed, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { type GetResultResponse, GetResultResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { readWhole } from '@starling/protocol/num/readWhole'
import { attendanceOf } from '@starling/protocol/scoring/contribution/attendanceOf'
import { newContribution } from '@starling/protocol/scoring/contribution/newContribution'
import { entryOf } from '@starling/protocol/scoring/entryOf'
import type { ScoringState } from '@starling/protocol/scoring/stateTypes'

/** What one closed epoch brought one participant; how often it takes part is told as of the newest settled epoch. */
export function viewResult(record: EpochRecord, address: string, scoring: ScoringState): GetResultResponse {
  const { losses, scores, payouts } = record
  const loss = numberOf([losses?.inferers, losses?.forecasters], address)
  const score = numberOf([scores?.inferers, scores?.forecasters, scores?.reputers], address)
  const weight = numberOf([record.weights], address)
  const regret = numberOf([record.regrets], address)
  const submitters = [
    ...record.inferences.map(({ worker }) => worker),
    ...record.forecasts.map(({ forecaster }) => forecaster),
    ...record.reports.map(({ reputer }) => reputer),
  ]
  const { inferers = [], forecasters = [] } = record.contribution ?? {}
  const pay = [...inferers, ...forecasters].find((one) => one.address === address)
  const { workers, forecasters: others } = scoring.verified?.contribution ?? newContribution()
  const known = entryOf(workers, address) ?? entryOf(others, address)
  const beside = [...(record.fees?.payouts ?? []), ...(record.subsidy?.payouts ?? [])]
  return create(GetResultResponseSchema, {
    nonce: record.nonce,
    status: record.status,
    reason: record.reason,
    tookPart: submitters.includes(address),
    networkLoss: losses?.combined ?? 0,
    naiveLoss: losses?.naive ?? 0,
    ...(loss === undefined ? {} : { loss }),
    ...(score === undefined ? {} : { score }),
    ...(weight === undefined ? {} : { weight }),
    ...(regret === undefined ? {} : { regret }),
    ...(pay === undefined ? {} : { skill: pay.skill, weightInPay: pay.weight, share: pay.share }),
    ...(known === undefined ? {} : { present: attendanceOf(known.entries).present }),
    reward: sumOf(payouts, address).toString(),
    fees: sumOf(beside, address).toString(),
  })
}

/** What an address got, all roles together, in uallo. */
function sumOf(payouts: EpochRecord['payouts'], address: string): bigint {
  return payouts.reduce((sum, payout) => (payout.address === address ? sum + readWhole(payout.amount) : sum), 0n)
}

/** The participant's number in the first list that has one. */
function numberOf(lists: readonly (readonly Attributed[] | undefined)[], address: string): number | undefined {
  return lists.flatMap((list) => list ?? []).find((entry) => entry.address === address)?.value
}
