import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { lossesOfWays } from '@starling/protocol/scoring/losses/lossesOfWays'
import type { TopicPolicy } from '@starling/protocol/scoring/types'
import { createBootstrap } from '../backtest/metrics/createBootstrap.ts'
import { runningLoss } from '../backtest/metrics/runningLoss.ts'
import type { Comparison } from '../backtest/report.ts'

/** Ways to answer that are compared by name; anybody else is a worker's or forecaster's address. */
export const ways = ['network', 'mean', 'median'] as const

/** Two sides of a topic on the settled epochs in which both were there. */
export type ComparedPair = {
  readonly nonces: readonly number[]
  /** Raw losses, epoch by epoch. */
  readonly losses: readonly [a: readonly number[], b: readonly number[]]
  /** Mean losses from the first of these epochs to each. */
  readonly running: readonly [a: readonly number[], b: readonly number[]]
  /** Over all these epochs; null without any. */
  readonly mean: readonly [a: number | null, b: number | null]
  /** Epochs in which the first lost less, and in which both lost the same. */
  readonly wins: number
  readonly ties: number
  /** Mean of the first's loss less the second's, with its 95 % block-bootstrap interval. */
  readonly difference: Comparison
  /** The first's mean loss ÷ the second's, likewise. */
  readonly ratio: Comparison
}

/** Compares any two of a topic's ways to answer and workers over closed epochs, oldest first. */
export function comparePair(
  policy: TopicPolicy,
  records: readonly EpochRecord[],
  [a, b]: readonly [a: string, b: string],
): ComparedPair {
  const pairs = records.flatMap((record) => {
    const [one, other] = [lossOf(policy, record, a), lossOf(policy, record, b)]
    return one === undefined || other === undefined ? [] : [{ nonce: Number(record.nonce), one, other }]
  })
  const first = Float64Array.from(pairs, ({ one }) => one)
  const second = Float64Array.from(pairs, ({ other }) => other)
  const differences = first.map((loss, i) => loss - (second[i] ?? 0))
  const places = Array.from(pairs.keys())
  const bootstrap = createBootstrap(pairs.length)
  const byBlock = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(bootstrap.blocks)
    for (const [i, value] of values.entries()) {
      const block = bootstrap.blockOf(i)
      sums[block] = (sums[block] ?? 0) + value
    }
    return sums
  }
  const [sumsOfFirst, sumsOfSecond] = [byBlock(first), byBlock(second)]
  return {
    nonces: pairs.map(({ nonce }) => nonce),
    losses: [Array.from(first), Array.from(second)],
    running: [runningLoss(first, places, pairs.length), runningLoss(second, places, pairs.length)],
    mean: [meanOf(first), meanOf(second)],
    wins: differences.filter((difference) => difference < 0).length,
    ties: differences.filter((difference) => difference === 0).length,
    difference: bootstrap.ratioOf(byBlock(differences), byBlock(first.map(() => 1))),
    ratio: bootstrap.ratioOf(sumsOfFirst, sumsOfSecond),
  }
}

/** The raw loss of one side in an epoch; undefined where that has none, or the epoch did not settle. */
function lossOf(policy: TopicPolicy, record: EpochRecord, side: string): number | undefined {
  const { losses, status } = record
  if (status !== 'settled' || losses === undefined) return undefined
  if (side === 'network') return losses.combined
  if (side === 'mean' || side === 'median') return lossesOfWays(policy, record)[side]
  return [...losses.inferers, ...losses.forecasters].find(({ address }) => address === side)?.value
}

function meanOf(losses: Float64Array): number | null {
  return losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
