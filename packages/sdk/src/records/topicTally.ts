import type { ContributionShare, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { lossesOfWays } from '@starling/protocol/scoring/losses/lossesOfWays'
import type { TopicPolicy } from '@starling/protocol/scoring/types'

/** What one participant did over the settled epochs of a topic. */
export type MemberTally = {
  readonly address: string
  /** Settled epochs it took part in. */
  epochs: number
  /** Sums over these epochs. */
  loss: number
  networkLoss: number
  weight: number
  /** uallo. */
  reward: bigint
  /** Sums over the epochs in which contribution pay judged it; of other pay there are none. SPEC VT-6 */
  readonly contribution: { epochs: number; skill: number; weight: number; share: number }
  /** Of the newest epoch; undefined where it was absent. */
  last: MemberEpoch | undefined
}

/** What one participant did in one epoch; `skill` and `share` are null where contribution pay did not judge it. */
export type MemberEpoch = {
  readonly loss: number
  readonly weight: number
  readonly reward: bigint
  skill: number | null
  share: number | null
}

/** What happened in a topic so far: sums over its settled epochs. */
export type TopicTally = {
  readonly policy: TopicPolicy
  epochs: number
  readonly loss: { network: number; mean: number; median: number }
  /** What there was for workers, in uallo, paid or not. */
  workerPot: number
  readonly workers: Map<string, MemberTally>
  readonly forecasters: Map<string, MemberTally>
  readonly reputers: Map<string, MemberTally>
  newest: EpochRecord | undefined
  /** Nonce of the newest record that was added, settled or not. */
  after: bigint
}

/** A tally with nothing in it. */
export function emptyTally(policy: TopicPolicy): TopicTally {
  return {
    policy,
    epochs: 0,
    loss: { network: 0, mean: 0, median: 0 },
    workerPot: 0,
    workers: new Map(),
    forecasters: new Map(),
    reputers: new Map(),
    newest: undefined,
    after: 0n,
  }
}

/** Adds a closed epoch; one that is void or contested counts for nothing. */
export function addRecord(tally: TopicTally, record: EpochRecord): void {
  tally.after = record.nonce
  const { losses } = record
  if (record.status !== 'settled' || losses === undefined) return
  const ways = lossesOfWays(tally.policy, record)
  tally.epochs += 1
  tally.newest = record
  tally.workerPot += Number(record.pot) * (record.split?.inferers ?? 0)
  tally.loss.network += losses.combined
  tally.loss.mean += ways.mean
  tally.loss.median += ways.median
  for (const member of [...tally.workers.values(), ...tally.forecasters.values(), ...tally.reputers.values()]) {
    member.last = undefined
  }
  const weights = new Map(record.weights.map(({ address, value }) => [address, value]))
  const rewardOf = rewardsOf(record)
  const add = (members: Map<string, MemberTally>, role: string, address: string, loss: number): void => {
    const weight = weights.get(address) ?? 0
    const reward = rewardOf(role, address)
    const member = members.get(address) ?? newMember(address)
    members.set(address, member)
    member.epochs += 1
    member.loss += loss
    member.networkLoss += losses.combined
    member.weight += weight
    member.reward += reward
    member.last = { loss, weight, reward, skill: null, share: null }
  }
  for (const { address, value } of losses.inferers) add(tally.workers, 'inferer', address, value)
  for (const { address, value } of losses.forecasters) add(tally.forecasters, 'forecaster', address, value)
  for (const { reputer } of record.reports) add(tally.reputers, 'reputer', reputer, 0)
  addContribution(tally.workers, record.contribution?.inferers)
  addContribution(tally.forecasters, record.contribution?.forecasters)
}

function addContribution(members: TopicTally['workers'], shares: readonly ContributionShare[] = []): void {
  for (const { address, skill, weight, share } of shares) {
    const member = members.get(address)
    if (member?.last === undefined) continue
    const { contribution: sums, last } = member
    last.skill = skill
    last.share = share
    sums.epochs += 1
    sums.skill += skill
    sums.weight += weight
    sums.share += share
  }
}

function newMember(address: string): MemberTally {
  const contribution = { epochs: 0, skill: 0, weight: 0, share: 0 }
  return { address, epochs: 0, loss: 0, networkLoss: 0, weight: 0, reward: 0n, contribution, last: undefined }
}

function rewardsOf({ payouts }: EpochRecord): (role: string, address: string) => bigint {
  const sums = new Map<string, bigint>()
  for (const { role, address, amount } of payouts) {
    const key = `${role} ${address}`
    sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount))
  }
  return (role, address) => sums.get(`${role} ${address}`) ?? 0n
}
