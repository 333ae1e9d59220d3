import { formatCoins } from '../text/formatCoins.ts'
import type { Column } from './Table.tsx'

/** A column of coins, read in uallo: – where there can be none; a copy has the whole number. */
export function coinsColumn<R>(head: string, read: (row: R) => bigint | undefined): Column<R> {
  return {
    head,
    numeric: true,
    cell: (row) => {
      const amount = read(row)
      return amount === undefined ? '–' : formatCoins(amount)
    },
    copy: (row) => String(read(row) ?? ''),
  }
}
