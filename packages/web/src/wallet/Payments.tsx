import type { Funder } from '@starling/protocol/gen/starling/v1/payments_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { coinsColumn } from '../parts/coinsColumn.ts'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'
import { shortName } from '../text/plainText.ts'

const columns: readonly Column<Funder>[] = [
  {
    head: 'who',
    sortBy: ({ address }) => address,
    cell: ({ address }) => <a href={`#/account/${address}`}>{shortName(address)}</a>,
  },
  coins('for answers', ({ paid }) => paid),
  coins('funded', ({ funded }) => funded),
]

/** Who paid how much into a topic, and what its answers have been worth to others. SPEC PW-1 */
export function Payments({ id }: { readonly id: bigint }): JSX.Element | null {
  const { chain, height } = useLive()
  const { value } = useAsked(`payments ${id}`, height, () => chain.client.paymentsUnverified(id))
  if (value === undefined) return null
  const { escrow, earmarked, suggestedPrice, requests, paidRequests, paid, funded, funders } = value
  const facts: readonly (readonly [string, string])[] = [
    ['suggested price of an answer', formatCoins(BigInt(suggestedPrice || '0'))],
    ['paid for answers', formatCoins(BigInt(paid || '0'))],
    ['funded', formatCoins(BigInt(funded || '0'))],
    ['in escrow', formatCoins(BigInt(escrow || '0'))],
    ['of that promised to open epochs', formatCoins(BigInt(earmarked || '0'))],
    ['requests', `${formatWhole(requests)}, ${formatWhole(paidRequests)} of them paid`],
  ]
  return (
    <section aria-labelledby="payments">
      <h2 id="payments">
        Who pays <Mark trust={unverifiedList} />
      </h2>
      <dl class="facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {funders.length === 0 ? null : (
        <Table caption="Who paid into this topic" columns={columns} rows={funders} keyOf={({ address }) => address} />
      )}
    </section>
  )
}

function coins(head: string, read: (funder: Funder) => string): Column<Funder> {
  const amount = (funder: Funder): bigint => BigInt(read(funder) || '0')
  return { ...coinsColumn(head, amount), sortBy: amount }
}
