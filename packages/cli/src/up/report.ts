import type { GetLedgerResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { MemberTally, TopicTally } from '@starling/sdk/records/topicTally'
import { spearman } from './spearman.ts'

/** What one participant of a topic did. Losses are means of the declared raw loss, rewards in uallo. */
export type MemberReport = {
  readonly address: string
  readonly model: string
  readonly loss: number
  readonly weight: number
  readonly reward: string
  /** Fraction of the settled epochs it took part in. */
  readonly present: number
}

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
  readonly reputers: readonly Omit<MemberReport, 'loss' | 'weight'>[]
  readonly intervals: readonly []
  readonly edge: null
  readonly synthesis: string
}

/** What `up` reports. Everything but `seconds` is the same for two runs of one seed. */
export type Report = {
  readonly chainId: string
  readonly seed: string
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

/** The name that a report shows for an address. */
export type NameOf = (address: string) => string

const OFTEN = 0.9

/** How a topic went. */
export function reportTopic(
  topic: { readonly id: number; readonly name: string },
  tally: TopicTally,
  nameOf: NameOf,
): TopicReport {
  const { epochs, loss } = tally
  const per = (sum: number): number | null => (epochs === 0 ? null : sum / epochs)
  const workers = reportMembers(tally.workers, epochs, nameOf)
  const best = workers
    .filter(({ present }) => present >= OFTEN)
    .reduce<MemberReport | undefined>(
      (least, one) => (least === undefined || one.loss < least.loss ? one : least),
      undefined,
    )
  const onBest = best === undefined ? undefined : tally.workers.get(best.address)
  return {
    ...topic,
    lossMethod: tally.policy.loss,
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
    forecasters: reportMembers(tally.forecasters, epochs, nameOf),
    reputers: reportMembers(tally.reputers, epochs, nameOf).map(({ loss: _loss, weight: _weight, ...rest }) => rest),
    intervals: [],
    edge: null,
    synthesis: tally.policy.synthesis,
  }
}

function reportMembers(
  members: ReadonlyMap<string, MemberTally>,
  epochs: number,
  nameOf: NameOf,
): readonly MemberReport[] {
  return [...members.values()]
    .toSorted((a, b) => (a.address < b.address ? -1 : 1))
    .map((member) => ({
      address: member.address,
      model: nameOf(member.address),
      loss: member.loss / member.epochs,
      weight: member.weight / member.epochs,
      reward: member.reward.toString(),
      present: member.epochs / epochs,
    }))
}

/** The ledger line of a report. */
export function reportSupply({ genesis, minted, burned, supply, balances }: GetLedgerResponse): Report['supply'] {
  const sum = BigInt(genesis) + BigInt(minted) - BigInt(burned)
  const conserved = sum === BigInt(supply) && BigInt(supply) === BigInt(balances)
  return { genesis, minted, burned, total: supply, conserved }
}
