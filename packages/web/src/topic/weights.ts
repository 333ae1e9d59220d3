import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { ChartData } from '../parts/chartData.ts'
import { shortName } from '../text/plainText.ts'

/** Workers with a line of their own; there is an eighth look for the others. */
const LINES = 7

/**
 * Shares in the answers of settled epochs: of the workers with the greatest mean share a line each, of all others their
 * sum. Who was absent has none.
 */
export function toWeights(records: readonly EpochRecord[]): ChartData {
  const settled = records.filter(({ status }) => status === 'settled')
  const byEpoch = settled.map(({ network }) => new Map(network?.weights.map(({ address, value }) => [address, value])))
  const totals = new Map<string, number>()
  for (const weights of byEpoch) {
    for (const [address, value] of weights) totals.set(address, (totals.get(address) ?? 0) + value)
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([address]) => address)
  const [top, others] = [ranked.slice(0, LINES), ranked.slice(LINES)]
  const weightsOf = (addresses: readonly string[]): readonly number[] =>
    byEpoch.map((weights) => addresses.reduce((sum, address) => sum + (weights.get(address) ?? 0), 0))
  return {
    axis: 'epoch',
    at: settled.map(({ nonce }) => Number(nonce)),
    lines: [
      ...top.map((address) => ({ name: shortName(address), values: weightsOf([address]) })),
      ...(others.length === 0 ? [] : [{ name: `${others.length} others`, values: weightsOf(others) }]),
    ],
  }
}
