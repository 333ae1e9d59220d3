import type { BlockTx } from '@starling/sdk/blocks/readBlock'
import type { JSX } from 'preact'
import { HashText } from '../parts/HashText.tsx'
import { Mark, type Trust } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { messageNames, readTxHere, type TxHere } from './readTxHere.ts'

type Row = { readonly index: number; readonly tx: BlockTx; readonly read: TxHere }

const columns: readonly Column<Row>[] = [
  { head: 'no.', numeric: true, sortBy: ({ index }) => index, cell: ({ index }) => index + 1 },
  { head: 'hash', copy: ({ tx }) => tx.hash, cell: ({ tx }) => <HashText hash={tx.hash} href={`#/tx/${tx.hash}`} /> },
  { head: 'messages', sortBy: ({ read }) => messageNames(read), cell: ({ read }) => plainText(messageNames(read)) },
  { head: 'result', sortBy: ({ tx }) => tx.outcome.code, cell: ({ tx }) => outcomeText(tx.outcome) },
  {
    head: 'gas used',
    numeric: true,
    sortBy: ({ tx }) => tx.outcome.gasUsed,
    copy: ({ tx }) => String(tx.outcome.gasUsed),
    cell: ({ tx }) => formatWhole(tx.outcome.gasUsed),
  },
  {
    head: 'fee',
    numeric: true,
    sortBy: ({ read }) => read.tx?.fee.amount ?? 0n,
    copy: ({ read }) => String(read.tx?.fee.amount ?? ''),
    cell: ({ read }) => (read.tx === undefined ? '–' : formatCoins(read.tx.fee.amount)),
  },
]

type Props = {
  readonly caption: string
  readonly txs: readonly BlockTx[]
  readonly areOutcomesProven: boolean
}

/** The transactions of a block. */
export function TxTable({ caption, txs, areOutcomesProven }: Props): JSX.Element {
  const rows = txs.map((tx, index) => ({ index, tx, read: readTxHere(tx.bytes) }))
  return (
    <>
      {areOutcomesProven ? null : (
        <p class="quiet">
          Results and gas <Mark trust={notYet} />
        </p>
      )}
      <Table caption={caption} columns={columns} rows={rows} keyOf={({ tx, index }) => `${index} ${tx.hash}`} />
    </>
  )
}

/** The mark of results in the newest block. */
export const notYet: Trust = {
  kind: 'unverified',
  why: 'The next block proves what these transactions did: until then this is what the node says.',
}

/** Whether a transaction was done, in words. */
export function outcomeText({ code, codespace }: BlockTx['outcome']): string {
  return code === 0 ? 'done' : `refused (${plainText(codespace, 40)} ${code})`
}
