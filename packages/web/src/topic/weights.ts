import type { GetHistoryResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { ChartData } from '../parts/chartData.ts'
import { shortName } from '../text/plainText.ts'
import type { TallyPart } from './createTallies.ts'

/** Workers with a line of their own; there is an eighth look for the others. */
const LINES = 7

/** Shares in the answers of settled epochs, epoch by epoch. */
export function toWeights({ nonces, statuses, shares }: GetHistoryResponse): ChartData {
  const settled = nonces.flatMap((_, i) => (statuses[i] === 'settled' ? [i] : []))
  const values = new Map(shares.map((share) => [share.address, settled.map((i) => share.values[i] ?? 0)]))
  return toLines(
    settled.map((i) => Number(nonces[i])),
    values,
  )
}

/** Mean shares in the answers of the settled epochs of each part, up to which they are drawn. */
export function toMeanWeights(parts: readonly TallyPart[]): ChartData {
  const judged = parts.filter(({ tally }) => tally.epochs > 0n)
  const values = new Map<string, number[]>()
  for (const [i, { tally }] of judged.entries()) {
    for (const { address, value } of tally.shares) {
      const own = values.get(address) ?? judged.map(() => 0)
      values.set(address, own)
      own[i] = value / Number(tally.epochs)
    }
  }
  return toLines(
    judged.map(({ until }) => until),
    values,
  )
}

/** A line each for the workers with the greatest mean share, one for the sum of all others. Who was absent has none. */
function toLines(at: readonly number[], shares: ReadonlyMap<string, readonly number[]>): ChartData {
  const totals = Array.from(shares, ([address, values]) => ({
    address,
    values,
    total: values.reduce((sum, value) => sum + value, 0),
  })).filter(({ total }) => total > 0)
  totals.sort((a, b) => b.total - a.total)
  const [top, others] = [totals.slice(0, LINES), totals.slice(LINES)]
  const rest = at.map((_, i) => others.reduce((sum, { values }) => sum + (values[i] ?? 0), 0))
  return {
    axis: 'epoch',
    at,
    lines: [
      ...top.map(({ address, values }) => ({ name: shortName(address), values })),
      ...(others.length === 0 ? [] : [{ name: `${others.length} others`, values: rest }]),
    ],
  }
}
