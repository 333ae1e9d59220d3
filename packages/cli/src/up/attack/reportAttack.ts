import type { MemberReport, ReportedTopic } from '../reportTypes.ts'
import { type AttackKind, attackKinds } from './attackKinds.ts'

/** What one way of attacking a topic brought, all its identities together, over the settled epochs. */
export type AttackReport = {
  readonly kind: AttackKind
  /** Identities that took part in an epoch. */
  readonly identities: number
  /** Sums of the identities' mean weights, and of their rewards in uallo. */
  readonly weight: number
  readonly reward: string
  /** Part of the topic's whole pot for workers, paid or not; null where there was none. */
  readonly share: number | null
  /** The same of all honest workers together. */
  readonly honestShare: number | null
  /** Mean over the identities of their mean losses. */
  readonly loss: number
}

/** What the honest workers alone would have made of it: what the network, attackers included, is held against. */
export type HonestReport = {
  readonly workers: number
  /** Mean losses of their unweighted mean and median, and of the best among those present in nine of ten epochs. */
  readonly mean: number | null
  readonly median: number | null
  readonly bestWorker: number | null
}

const OFTEN = 0.9

/** A row for each way in which the topic is attacked. */
export function reportAttack(
  { tally }: Pick<ReportedTopic, 'tally'>,
  workers: readonly MemberReport[],
): readonly AttackReport[] {
  const rewardOf = (some: readonly MemberReport[]): bigint => some.reduce((sum, { reward }) => sum + BigInt(reward), 0n)
  const shareOf = (reward: bigint): number | null => (tally.workerPot > 0 ? Number(reward) / tally.workerPot : null)
  const honestShare = shareOf(rewardOf(workers.filter(({ attack }) => attack === null)))
  return attackKinds.flatMap((kind) => {
    const own = workers.filter(({ attack }) => attack === kind)
    if (own.length === 0) return []
    const reward = rewardOf(own)
    return {
      kind,
      identities: own.length,
      weight: own.reduce((sum, { weight }) => sum + weight, 0),
      reward: reward.toString(),
      share: shareOf(reward),
      honestShare,
      loss: own.reduce((sum, { loss }) => sum + loss, 0) / own.length,
    }
  })
}

/** The honest workers alone; null where nobody attacks. */
export function reportHonest({ honest }: Pick<ReportedTopic, 'honest'>): HonestReport | null {
  if (honest === undefined) return null
  const { epochs, loss, workers } = honest
  const often = [...workers.values()].filter((worker) => worker.epochs >= OFTEN * epochs)
  const losses = often.map((worker) => worker.loss / worker.epochs)
  return {
    workers: workers.size,
    mean: epochs === 0 ? null : loss.mean / epochs,
    median: epochs === 0 ? null : loss.median / epochs,
    bestWorker: losses.length === 0 ? null : Math.min(...losses),
  }
}
