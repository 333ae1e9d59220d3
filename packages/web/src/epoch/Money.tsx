import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { coinsColumn } from '../parts/coinsColumn.ts'
import { Failure } from '../parts/Failure.tsx'
import { HashText } from '../parts/HashText.tsx'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText, shortName } from '../text/plainText.ts'
import { type MoneyRow, moneyRows } from './moneyRows.ts'
import { type Purchase, readPurchases } from './readPurchases.ts'

/** Purchases that are asked for; the page says how many more there are. */
const MOST = 100

/** Who paid for an epoch's answer, and where its coins went. */
export function Money({ record }: { readonly record: EpochRecord }): JSX.Element {
  const { chain } = useLive()
  const { topicId, nonce } = record
  const { value: bought, error } = useAsked(`purchases ${topicId} ${nonce}`, 0, () =>
    readPurchases(chain.rpc, { topicId, nonce, most: MOST }),
  )
  return (
    <section aria-labelledby="money">
      <h2 id="money">Where its coins went</h2>
      <Table
        caption="Coins of this epoch: its fees, its pot of new coins, and bootstrap that waited"
        columns={moneyColumns}
        rows={moneyRows(record).filter(
          ({ fees, pot, bootstrap }) => fees !== undefined || pot !== undefined || bootstrap !== undefined,
        )}
        keyOf={({ to }) => to}
      />
      <h3>
        Who bought its answer <Mark trust={unverifiedList} />
      </h3>
      {bought === undefined && error === undefined ? <p class="quiet">Asking for purchases…</p> : null}
      {bought === undefined && error !== undefined ? <Failure error={error} /> : null}
      {bought?.purchases.length === 0 ? <p class="quiet">Nobody has bought it.</p> : null}
      {bought === undefined || bought.purchases.length === 0 ? null : (
        <Table
          caption="Purchases of the answer of this epoch, newest first"
          columns={purchaseColumns}
          rows={bought.purchases}
          keyOf={({ receipt }) => receipt}
        />
      )}
      {bought !== undefined && bought.total > MOST ? (
        <p class="quiet">
          The newest {MOST} of {formatWhole(bought.total)}.
        </p>
      ) : null}
    </section>
  )
}

const moneyColumns: readonly Column<MoneyRow>[] = [
  { head: 'to', cell: ({ to }) => to },
  coinsColumn('of its fees', ({ fees }) => fees),
  coinsColumn('of its pot', ({ pot }) => pot),
  coinsColumn('of the bootstrap', ({ bootstrap }) => bootstrap),
]

const purchaseColumns: readonly Column<Purchase>[] = [
  { head: 'receipt', numeric: true, sortBy: ({ receipt }) => BigInt(receipt), cell: ({ receipt }) => receipt },
  {
    head: 'who',
    sortBy: ({ payer }) => payer,
    copy: ({ payer }) => payer,
    cell: ({ payer }) => <a href={`#/account/${payer}`}>{shortName(payer)}</a>,
  },
  {
    head: 'paid',
    numeric: true,
    sortBy: ({ pay }) => pay,
    copy: ({ pay }) => String(pay),
    cell: ({ pay }) => formatCoins(pay),
  },
  { head: 'mark', cell: ({ reference }) => plainText(reference, 64) || '–' },
  {
    head: 'block',
    numeric: true,
    sortBy: ({ height }) => height,
    cell: ({ height }) => <a href={`#/block/${height}`}>{formatWhole(height)}</a>,
  },
  { head: 'transaction', copy: ({ hash }) => hash, cell: ({ hash }) => <HashText hash={hash} href={`#/tx/${hash}`} /> },
]
