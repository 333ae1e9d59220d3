import type { EpochLosses } from '@starling/protocol/gen/starling/v1/query_pb'

/** Mean declared losses over some settled epochs. */
export type LossSummary = {
  readonly epochs: number
  readonly network: number
  /** Of the plain mean of the predictions. */
  readonly naive: number
  /** The worker with the least mean among those present in nine of ten epochs; `network` is that of the same epochs. */
  readonly best: { readonly address: string; readonly loss: number; readonly network: number } | undefined
}

const MOSTLY = 0.9

/** Sums up the losses of settled epochs; undefined where there are none. */
export function summariseLosses(epochs: readonly EpochLosses[]): LossSummary | undefined {
  if (epochs.length === 0) return undefined
  const members = new Map<string, { epochs: number; loss: number; network: number }>()
  for (const { combined, inferers } of epochs) {
    for (const { address, value } of inferers) {
      const member = members.get(address) ?? { epochs: 0, loss: 0, network: 0 }
      members.set(address, member)
      member.epochs += 1
      member.loss += value
      member.network += combined
    }
  }
  const steady = [...members]
    .filter(([, member]) => member.epochs >= MOSTLY * epochs.length)
    .map(([address, { epochs: count, loss, network }]) => ({ address, loss: loss / count, network: network / count }))
    .sort((a, b) => a.loss - b.loss)
  return {
    epochs: epochs.length,
    network: meanOf(epochs.map(({ combined }) => combined)),
    naive: meanOf(epochs.map(({ naive }) => naive)),
    best: steady[0],
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
