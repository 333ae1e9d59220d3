import type { ModuleAccount } from '@starling/protocol/modules/bank/moduleAccounts'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Facts } from '../parts/Facts.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'
import { readSupply, type Supply } from './readSupply.ts'

const roles: Readonly<Record<ModuleAccount, string>> = {
  ecosystem: 'the ecosystem: what topics and fees were paid, spent first when a block pays rewards',
  allorarewards: 'rewards of open epochs, and what no epoch was promised yet',
  allorapendingrewards: 'rewards of delegators, to be claimed',
  allorastaking: 'stake of reputers and their delegators',
  fee_collector: 'fees of transactions and the share of the validators',
  mint: 'nothing stays here: new coins pass through',
  starlingbonds: 'bonds of sealed submissions, back with the reveal',
  starlingbootstrap: 'rewards of new topics, kept back until their edge is shown',
  starlingescrow: 'fees of topics that no epoch has paid out yet',
}

type Row = { readonly who: string; readonly role: string; readonly address?: string; readonly uallo: bigint }

const columns: readonly Column<Row>[] = [
  {
    head: 'account',
    sortBy: ({ who }) => who,
    copy: ({ who, address }) => address ?? who,
    cell: ({ who, address }) => (address === undefined ? who : <a href={`#/account/${address}`}>{who}</a>),
  },
  { head: 'for', cell: ({ role }) => <span class="words">{role}</span> },
  {
    head: 'ALLO',
    numeric: true,
    sortBy: ({ uallo }) => uallo,
    copy: ({ uallo }) => String(uallo),
    cell: ({ uallo }) => formatCoins(uallo),
  },
  { head: 'uallo', numeric: true, copy: ({ uallo }) => String(uallo), cell: ({ uallo }) => formatWhole(uallo) },
]

/** Where all coins come from, and where they are. */
export function SupplyPage(): JSX.Element {
  const { state } = useLive()
  const { value, error } = useAsked('supply', state, async () => (state === undefined ? undefined : readSupply(state)))
  return (
    <>
      <h1>Supply</h1>
      {error === undefined ? null : <Failure error={error} />}
      {value === undefined && error === undefined ? <p class="quiet">Asking for the supply…</p> : null}
      {value === undefined ? null : <Books supply={value} error={error} />}
      <Ledger />
    </>
  )
}

const both = (uallo: bigint): JSX.Element => (
  <>
    {formatCoins(uallo)} <small>{formatWhole(uallo)} uallo</small>
  </>
)

function Books({ supply, error }: { readonly supply: Supply; readonly error: Error | undefined }): JSX.Element {
  const { at, genesis, minted, burned, holdings, others, perBlock } = supply
  const mark = <Mark trust={error === undefined ? { kind: 'verified', at } : trustOf(error)} />
  const holds = genesis + minted - burned === supply.supply
  const rows: readonly Row[] = [
    ...holdings.map(({ name, address, uallo }) => ({ who: name, role: roles[name], address, uallo })),
    { who: 'all other accounts', role: 'the supply less what is above', uallo: others },
  ]
  return (
    <>
      <section aria-labelledby="books">
        <h2 id="books">Where coins come from {mark}</h2>
        <Facts
          facts={[
            { name: 'there from the beginning', value: both(genesis) },
            { name: '+ minted', value: both(minted), meaning: 'as rewards, since the first block' },
            { name: '− burned', value: both(burned), meaning: 'bonds of those who did not reveal' },
            { name: '= supply', value: both(supply.supply) },
            {
              name: 'each block may bring',
              value: both(perBlock),
              meaning: 'of fees that were paid first, the rest is minted',
            },
          ]}
        />
        <p class={holds ? 'verdict' : 'verdict wrong'}>
          {holds
            ? '✓ The books balance: genesis + minted − burned = supply, to the last uallo.'
            : `✕ The books do not balance: genesis + minted − burned is ${formatWhole(genesis + minted - burned)} uallo.`}
        </p>
      </section>
      <section aria-labelledby="holders">
        <h2 id="holders">Where coins are {mark}</h2>
        <Table caption="Coins by account" columns={columns} rows={rows} keyOf={({ who }) => who} />
      </section>
    </>
  )
}

/** The node's own sum over all balances, which no proof covers. */
function Ledger(): JSX.Element | null {
  const { chain, height } = useLive()
  const { value } = useAsked('ledger', height, () => chain.client.ledgerUnverified())
  if (value === undefined) return null
  const { genesis, minted, burned, supply, balances } = value
  const [sum, made] = [BigInt(balances), BigInt(genesis) + BigInt(minted) - BigInt(burned)]
  const holds = sum === BigInt(supply) && made === BigInt(supply)
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">
        Sum of all balances{' '}
        <Mark
          trust={{ kind: 'unverified', why: 'A sum over all balances has no proof: this is what the node says.' }}
        />
      </h2>
      <p>{both(sum)}</p>
      <p class={holds ? 'quiet' : 'wrong'}>
        {holds
          ? 'It equals the supply: genesis + minted − burned = sum of all balances.'
          : `It differs from the supply by ${formatWhole(sum - BigInt(supply))} uallo.`}
      </p>
    </section>
  )
}
