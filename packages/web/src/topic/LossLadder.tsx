import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { addRecord, emptyTally } from '@starling/sdk/records/topicTally'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { shortName } from '../text/plainText.ts'
import type { TopicFacts } from './topicFacts.ts'

/** A step of the ladder: a way to answer, or a worker. */
export type Rung = {
  readonly name: string
  readonly address: string | undefined
  readonly loss: number
  /** The network's mean loss over the epochs in which this one was there. */
  readonly network: number
  readonly epochs: number
  readonly weight: number | undefined
  /** uallo. */
  readonly reward: bigint | undefined
}

const columns: readonly Column<Rung>[] = [
  {
    head: 'who',
    sortBy: ({ name }) => name,
    cell: ({ name, address }) =>
      address === undefined ? name : <a href={`#/account/${address}`}>{shortName(address)}</a>,
  },
  { head: 'mean loss', numeric: true, sortBy: ({ loss }) => loss, cell: ({ loss }) => formatNumber(loss) },
  {
    head: 'network then',
    numeric: true,
    sortBy: ({ network }) => network,
    cell: ({ network }) => formatNumber(network),
  },
  { head: 'epochs', numeric: true, sortBy: ({ epochs }) => epochs, cell: ({ epochs }) => epochs },
  {
    head: 'mean weight',
    numeric: true,
    sortBy: ({ weight }) => weight ?? -1,
    cell: ({ weight }) => formatNumber(weight),
  },
  {
    head: 'reward',
    numeric: true,
    sortBy: ({ reward }) => reward ?? -1n,
    cell: ({ reward }) => (reward === undefined ? '–' : formatCoins(reward)),
  },
]

type Props = { readonly facts: TopicFacts; readonly records: readonly EpochRecord[] }

/** The loss ladder and leaderboard: network, plain mean, median and every worker over the same epochs, best first. */
export function LossLadder({ facts, records }: Props): JSX.Element {
  const rungs = useMemo(() => toRungs(facts, records), [facts, records])
  return (
    <Table
      caption={`Loss ladder (${facts.policy.loss}) and leaderboard, least loss first`}
      columns={columns}
      rows={rungs}
      keyOf={({ name }) => name}
    />
  )
}

/** The ladder of some closed epochs, least loss first; void and contested ones count for nothing. */
export function toRungs({ policy }: Pick<TopicFacts, 'policy'>, records: readonly EpochRecord[]): readonly Rung[] {
  const tally = emptyTally(policy)
  for (const record of records) addRecord(tally, record)
  const { epochs, loss } = tally
  if (epochs === 0) return []
  const network = loss.network / epochs
  const ways = [
    ['the network', loss.network],
    ['plain mean', loss.mean],
    ['median', loss.median],
  ] as const
  const rungs: Rung[] = [
    ...ways.map(([name, sum]) => ({
      ...{ name, address: undefined, loss: sum / epochs, network, epochs },
      ...{ weight: undefined, reward: undefined },
    })),
    ...Array.from(tally.workers.values(), (worker) => ({
      name: worker.address,
      address: worker.address,
      loss: worker.loss / worker.epochs,
      network: worker.networkLoss / worker.epochs,
      epochs: worker.epochs,
      weight: worker.weight / worker.epochs,
      reward: worker.reward,
    })),
  ]
  return rungs.sort((a, b) => a.loss - b.loss)
}
