import type { Attributed, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'

/** What a record says of a worker or forecaster; undefined where it says nothing. Amounts in uallo. */
export type Participant = {
  readonly address: string
  /** Its prediction, or the one that its forecast implies. */
  readonly values: readonly number[]
  /** What the network would have answered without it. */
  readonly without: readonly number[] | undefined
  readonly loss: number | undefined
  readonly regret: number | undefined
  readonly weight: number | undefined
  readonly score: number | undefined
  readonly fraction: number | undefined
  /** Of the epoch's pot. */
  readonly paid: bigint
  /** Of its fees and of released bootstrap. SPEC PW-1, PW-2 */
  readonly beside: bigint
}

/** What a record says of a reputer. */
export type Reporter = {
  readonly address: string
  readonly report: number | string
  /** uallo. */
  readonly stake: bigint
  readonly score: number | undefined
  readonly paid: bigint
  readonly beside: bigint
}

/** The workers of a record, in its order. */
export function listWorkers(record: EpochRecord): readonly Participant[] {
  const { inferences, network, losses, scores, fractions } = record
  return inferences.map(({ worker, values }) => ({
    ...weightOf(record, worker),
    values,
    without: network?.oneOutInferers.find((one) => one.worker === worker)?.values,
    loss: valueFor(losses?.inferers, worker),
    score: valueFor(scores?.inferers, worker),
    fraction: valueFor(fractions?.inferers, worker),
    paid: sumOf(record.payouts, 'inferer', worker),
    beside: sumOf(besideOf(record), 'inferer', worker),
  }))
}

/** The forecasters of a record, in its order. */
export function listForecasters(record: EpochRecord): readonly Participant[] {
  const { forecasts, network, losses, scores, fractions } = record
  return forecasts.map(({ forecaster }) => ({
    ...weightOf(record, forecaster),
    values: network?.forecasters.find((one) => one.worker === forecaster)?.values ?? [],
    without: network?.oneOutForecasters.find((one) => one.worker === forecaster)?.values,
    loss: valueFor(losses?.forecasters, forecaster),
    score: valueFor(scores?.forecasters, forecaster),
    fraction: valueFor(fractions?.forecasters, forecaster),
    paid: sumOf(record.payouts, 'forecaster', forecaster),
    beside: sumOf(besideOf(record), 'forecaster', forecaster),
  }))
}

/** The reputers of a record, in its order. */
export function listReporters(record: EpochRecord): readonly Reporter[] {
  return record.reports.map(({ reputer, value, label, stake }) => ({
    address: reputer,
    report: label === '' ? value : label,
    stake: stake === '' ? 0n : BigInt(stake),
    score: valueFor(record.scores?.reputers, reputer),
    paid: sumOf(record.payouts, 'reputer', reputer),
    beside: sumOf(besideOf(record), 'reputer', reputer),
  }))
}

function weightOf(
  { regrets, weights }: EpochRecord,
  address: string,
): Pick<Participant, 'address' | 'regret' | 'weight'> {
  return { address, regret: valueFor(regrets, address), weight: valueFor(weights, address) }
}

function valueFor(list: readonly Attributed[] | undefined, address: string): number | undefined {
  return list?.find((one) => one.address === address)?.value
}

function besideOf({ fees, subsidy }: EpochRecord): EpochRecord['payouts'] {
  return [...(fees?.payouts ?? []), ...(subsidy?.payouts ?? [])]
}

function sumOf(payouts: EpochRecord['payouts'], role: string, address: string): bigint {
  return payouts.reduce(
    (sum, payout) => (payout.role === role && payout.address === address ? sum + BigInt(payout.amount) : sum),
    0n,
  )
}
