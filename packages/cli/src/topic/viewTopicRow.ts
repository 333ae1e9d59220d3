import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import { readTopic } from '@starling/services/shared/readTopic'

/** A topic as `topic list --json` and `topic show --json` print it; coins in uallo. */
export type TopicRow = {
  readonly id: number
  readonly name: string
  readonly unit: string
  readonly loss: string
  readonly labels: readonly string[]
  readonly creator: string
  readonly active: boolean
  readonly epochLength: number
  readonly groundTruthLag: number
  readonly workerSubmissionWindow: number
  readonly workers: number
  readonly reputers: number
  readonly settled: number
  readonly void: number
  readonly contested: number
  readonly newestNonce: number
  readonly nextEpoch: number
  readonly lastAnswered: number
  readonly lastSettled: number
  readonly weight: string
  readonly revenue: string
  readonly stake: string
}

/** A topic of the chain as one flat record. */
export function viewTopicRow(view: TopicView): TopicRow {
  const { id, name, policy, outputs } = readTopic(view)
  const base = view.topic?.base
  return {
    id: Number(id),
    name,
    unit: policy.unit,
    loss: policy.loss,
    labels: outputs,
    creator: base?.creator ?? '',
    active: view.active,
    epochLength: Number(base?.epochLength ?? 0n),
    groundTruthLag: Number(base?.groundTruthLag ?? 0n),
    workerSubmissionWindow: Number(base?.workerSubmissionWindow ?? 0n),
    workers: Number(view.workers),
    reputers: Number(view.reputers),
    settled: Number(view.settledEpochs),
    void: Number(view.voidEpochs),
    contested: Number(view.contestedEpochs),
    newestNonce: Number(view.newestNonce),
    nextEpoch: Number(view.nextEpoch),
    lastAnswered: Number(view.lastAnswered),
    lastSettled: Number(view.lastSettled),
    weight: view.weight,
    revenue: view.effectiveRevenue,
    stake: view.stake,
  }
}
