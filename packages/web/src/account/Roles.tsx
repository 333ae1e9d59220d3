import type { GetActorResponse, TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'

/** Topics that an account is looked for in. */
const MOST = 100

type Role = { readonly view: TopicView; readonly actor: GetActorResponse }

/** What an account is in each topic. */
export function Roles({ address }: { readonly address: string }): JSX.Element | null {
  const { chain } = useLive()
  const { value, error } = useAsked(`roles ${address}`, chain, async (): Promise<readonly Role[]> => {
    const views = await chain.client.topicsUnverified({ limit: MOST })
    const roles = await Promise.all(
      views.map(async (view) => ({ view, actor: await chain.client.actorUnverified(idOf(view), address) })),
    )
    return roles.filter(({ actor }) => actor.worker || actor.reputer || BigInt(actor.stake || '0') > 0n)
  })
  if (value === undefined) return error === undefined ? null : <Failure error={error} />
  return (
    <section aria-labelledby="roles">
      <h2 id="roles">
        Roles <Mark trust={unverifiedList} />
      </h2>
      {value.length === 0 ? (
        <p class="quiet">This account has no role in a topic.</p>
      ) : (
        <Table
          caption="In each topic"
          columns={columnsFor(address)}
          rows={value}
          keyOf={({ view }) => String(idOf(view))}
        />
      )}
    </section>
  )
}

function idOf({ topic }: TopicView): bigint {
  return topic?.base?.id ?? 0n
}

function columnsFor(address: string): readonly Column<Role>[] {
  return [
    {
      head: 'topic',
      cell: ({ view }) => <a href={`#/topic/${idOf(view)}`}>{plainText(view.topic?.name ?? '', 80)}</a>,
    },
    { head: 'as', cell: ({ actor }) => rolesOf(actor).join(', ') || '–' },
    { head: 'stake', numeric: true, cell: ({ actor }) => formatCoins(BigInt(actor.stake || '0')) },
    { head: 'delegated', numeric: true, cell: ({ actor }) => formatCoins(BigInt(actor.delegated || '0')) },
    {
      head: 'merit',
      numeric: true,
      cell: ({ actor }) => formatNumber(actor.infererScore ?? actor.forecasterScore ?? actor.reputerScore),
    },
    {
      head: 'newest settled epoch',
      cell: ({ view }) =>
        view.lastSettled === 0n ? (
          '–'
        ) : (
          <a href={`#/account/${address}/topic/${idOf(view)}/epoch/${view.lastSettled}`}>Why did I get this?</a>
        ),
    },
  ]
}

function rolesOf({ worker, reputer }: GetActorResponse): readonly string[] {
  return [...(worker ? ['worker'] : []), ...(reputer ? ['reputer'] : [])]
}
