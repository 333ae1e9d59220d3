import type { GetLedgerResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { MemberTally } from '@starling/sdk/records/topicTally'
import { type AttackReport, type HonestReport, reportAttack, reportHonest } from './attack/reportAttack.ts'
import { type EdgeReport, type IntervalReport, reportEdge, reportIntervals } from './reportIntervals.ts'
import type { MemberReport, NameOf, ReportedTopic } from './reportTypes.ts'
import { spearman } from './spearman.ts'

/** How a topic went, over all its settled epochs. */
export type TopicReport = {
  readonly id: number
  readonly name: string
  readonly lossMethod: string
  readonly epochs: number
  readonly loss: {
    readonly network: number | null
    /** Of the unweighted mean and median of the admitted inferences. */
    readonly mean: number | null
    readonly median: number | null
    readonly bestWorker: number | null
    /** The network's loss on the epochs of the best worker. */
    readonly networkOnBest: number | null
  }
  /** The worker with the least loss among those present in 90 % of the epochs. */
  readonly bestWorker: string | null
  /** Spearman of total reward and minus mean loss over workers. */
  readonly rewardSkillCorrelation: number | null
  readonly workers: readonly MemberReport[]
  readonly forecasters: readonly MemberReport[]
  readonly reputers: readonly Pick<MemberReport, 'address' | 'model' | 'reward' | 'present'>[]
  /** Of labels the widths are sizes of sets. Empty for probabilities, which are no intervals. SPEC VT-7 */
  readonly intervals: readonly IntervalReport[]
  /** Null before the first answer, and in topics of reference pay. SPEC VT-8 */
  readonly edge: EdgeReport | null
  readonly truth: string
  readonly submissions: string
  readonly pay: string
  readonly synthesis: string
  /** A row for each way in which the topic is attacked. */
  readonly attack: readonly AttackReport[]
  /** Those who do not attack, without those who do; null where nobody does. */
  readonly honest: HonestReport | null
}

/** What `up` reports. Everything but `seconds` is the same for two runs of one seed. */
export type Report = {
  readonly chainId: string
  readonly seed: string
  /** Why it ended: what was reached, or the signal that stopped it. */
  readonly stopped: string
  readonly seconds: number
  readonly blocks: number
  readonly transactions: number
  readonly appHash: string
  readonly supply: {
    readonly genesis: string
    readonly minted: string
    readonly burned: string
    readonly total: string
    /** Supply = genesis + minted − burned = the sum of all balances, to the last unit. */
    readonly conserved: boolean
  }
  readonly topics: readonly TopicReport[]
}

const OFTEN = 0.9

/** How a topic went. */
export function reportTopic(topic: ReportedTopic, nameOf: NameOf): TopicReport {
  const { id, name, tally, answer } = topic
  const { epochs, loss, policy } = tally
  const per = (sum: number): number | null => (epochs === 0 ? null : sum / epochs)
  const report = (members: ReadonlyMap<string, MemberTally>) => reportMembers(members, topic, nameOf)
  const workers = report(tally.workers)
  const best = workers
    .filter(({ present }) => present >= OFTEN)
    .reduce<MemberReport | undefined>(
      (least, one) => (least === undefined || one.loss < least.loss ? one : least),
      undefined,
    )
  const onBest = best === undefined ? undefined : tally.workers.get(best.address)
  return {
    id: Number(id),
    name,
    lossMethod: policy.loss,
    epochs,
    loss: {
      network: per(loss.network),
      mean: per(loss.mean),
      median: per(loss.median),
      bestWorker: best?.loss ?? null,
      networkOnBest: onBest === undefined ? null : onBest.networkLoss / onBest.epochs,
    },
    bestWorker: best?.address ?? null,
    rewardSkillCorrelation: spearman(
      workers.map(({ reward }) => Number(reward)),
      workers.map((worker) => -worker.loss),
    ),
    workers,
    forecasters: report(tally.forecasters),
    reputers: report(tally.reputers).map(({ address, model, reward, present }) => ({
      address,
      model,
      reward,
      present,
    })),
    intervals: reportIntervals(answer),
    edge: reportEdge(answer),
    truth: policy.truth,
    submissions: policy.submissions,
    pay: policy.pay,
    synthesis: policy.synthesis,
    attack: reportAttack(topic, workers),
    honest: reportHonest(topic),
  }
}

function reportMembers(
  members: ReadonlyMap<string, MemberTally>,
  { tally, attackers }: ReportedTopic,
  nameOf: NameOf,
): readonly MemberReport[] {
  const isPaidBySkill = tally.policy.pay === 'contribution'
  return [...members.values()]
    .toSorted((a, b) => (a.address < b.address ? -1 : 1))
    .map(({ address, epochs, loss, weight, reward, contribution }) => ({
      address,
      model: nameOf(address),
      loss: loss / epochs,
      weight: weight / epochs,
      reward: reward.toString(),
      present: epochs / tally.epochs,
      skill: isPaidBySkill ? contribution.skill / epochs : null,
      share: isPaidBySkill ? contribution.share / epochs : null,
      attack: attackers.get(address) ?? null,
    }))
}

/** The ledger line of a report. */
export function reportSupply({ genesis, minted, burned, supply, balances }: GetLedgerResponse): Report['supply'] {
  const sum = BigInt(genesis) + BigInt(minted) - BigInt(burned)
  const conserved = sum === BigInt(supply) && BigInt(supply) === BigInt(balances)
  return { genesis, minted, burned, total: supply, conserved }
}
