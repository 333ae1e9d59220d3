import type { GetTallyResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatRoughly } from '../text/formatNumber.ts'
import { shortName } from '../text/plainText.ts'
import { type Rung, toRungs } from './rungs.ts'
import type { TopicFacts } from './topicFacts.ts'

/** Who owns each worker, by address; empty while it is asked. */
type Owners = ReadonlyMap<string, string>

const NONE: Owners = new Map()

type Props = { readonly facts: TopicFacts; readonly tallies: readonly GetTallyResponse[] }

/** The loss ladder and leaderboard: network, plain mean, median and every worker over the same epochs, best first. */
export function LossLadder({ facts, tallies }: Props): JSX.Element {
  const { chain } = useLive()
  const rungs = useMemo(() => toRungs(tallies), [tallies])
  const workers = rungs.flatMap(({ address }) => address ?? []).sort()
  const { value: owners = NONE } = useAsked(`owners ${facts.id}`, workers.join(), async () => {
    const asked = workers.map(async (address) => {
      const { workerOwner } = await chain.client.actorUnverified(facts.id, address)
      return [address, workerOwner] as const
    })
    return new Map(await Promise.all(asked))
  })
  const columns = columnsFor(facts.id, owners)
  const isJudged = rungs.some(({ contribution }) => contribution !== undefined)
  return (
    <Table
      caption={`Loss ladder (${facts.policy.loss}) and leaderboard, least loss first`}
      columns={isJudged ? columns : columns.filter(({ head }) => !VERIFIED.includes(head))}
      rows={rungs}
      keyOf={({ name }) => name}
    />
  )
}

/** Columns of contribution pay. */
const VERIFIED = ['skill', 'originality', 'share']

function columnsFor(topic: bigint, owners: Owners): readonly Column<Rung>[] {
  const ownerOf = (address: string): string => owners.get(address) ?? ''
  return [
    {
      head: 'who',
      sortBy: ({ name }) => name,
      cell: ({ name, address, best }) =>
        address === undefined ? (
          <>
            {name} {name === 'the network' ? null : <Compare topic={topic} name={name} side={sideOf(name)} />}
          </>
        ) : (
          <>
            <a href={`#/account/${address}`}>{shortName(address)}</a>{' '}
            <Compare topic={topic} name={shortName(address)} side={address} />
            {best ? <small> best in hindsight</small> : null}
          </>
        ),
    },
    number('mean loss', ({ loss }) => loss),
    number('network then', ({ network }) => network),
    number('skill', ({ contribution }) => contribution?.skill),
    number('originality', ({ contribution }) => contribution?.weight),
    number('weight', ({ weight }) => weight),
    share('share', ({ contribution }) => contribution?.share),
    {
      head: 'reward',
      numeric: true,
      sortBy: ({ reward }) => reward ?? -1n,
      cell: ({ reward }) => (reward === undefined ? '–' : formatCoins(reward)),
    },
    share('uptime', ({ address, uptime }) => (address === undefined ? undefined : uptime)),
    { head: 'epochs', numeric: true, sortBy: ({ epochs }) => epochs, cell: ({ epochs }) => epochs },
    {
      head: 'owner',
      sortBy: ({ address }) => ownerOf(address ?? ''),
      cell: ({ address }) => (address === undefined ? '–' : <Owner worker={address} owner={ownerOf(address)} />),
    },
  ]
}

/** What the comparison calls a way to answer. */
function sideOf(name: string): string {
  return name === 'median' ? 'median' : 'mean'
}

type CompareProps = { readonly topic: bigint; readonly name: string; readonly side: string }

function Compare({ topic, name, side }: CompareProps): JSX.Element {
  const label = `Compare ${name} with the network`
  return (
    <a class="icon" href={`#/topic/${topic}/compare?a=network&b=${side}`} aria-label={label} title={label}>
      ⇄
    </a>
  )
}

function Owner({ worker, owner }: { readonly worker: string; readonly owner: string }): JSX.Element {
  if (owner === '') return <>–</>
  return owner === worker ? <>itself</> : <a href={`#/account/${owner}`}>{shortName(owner)}</a>
}

type Read = (rung: Rung) => number | undefined

function number(head: string, read: Read): Column<Rung> {
  return {
    head,
    numeric: true,
    sortBy: (rung) => read(rung) ?? Number.NEGATIVE_INFINITY,
    cell: (rung) => formatRoughly(read(rung)),
    copy: (rung) => String(read(rung) ?? ''),
  }
}

function share(head: string, read: Read): Column<Rung> {
  const text = (value: number | undefined): string => (value === undefined ? '–' : `${(100 * value).toFixed(1)} %`)
  return { ...number(head, read), cell: (rung) => text(read(rung)) }
}
