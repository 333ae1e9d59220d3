import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'

/** A column: its head, how a row is sorted by it, and what stands in the cell. */
export type Column<R> = {
  readonly head: string
  readonly sortBy?: (row: R) => number | bigint | string
  readonly cell: (row: R) => ComponentChildren
  readonly numeric?: true
}

type Props<R> = {
  readonly caption: string
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly keyOf: (row: R) => string
}

/** A table that is sorted by any of its columns; without a choice, rows stand as they are given. */
export function Table<R>({ caption, columns, rows, keyOf }: Props<R>): JSX.Element {
  const [order, setOrder] = useState<{ readonly column: number; readonly down: boolean } | undefined>(undefined)
  const turn = (column: number): void =>
    setOrder((old) => ({ column, down: old?.column === column ? !old.down : columns[column]?.numeric === true }))
  const sortBy = order === undefined ? undefined : columns[order.column]?.sortBy
  const sorted = sortBy === undefined ? rows : [...rows].sort((a, b) => compare(sortBy(a), sortBy(b)))
  const shown = order?.down === true ? [...sorted].reverse() : sorted
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls what is wider than the page with the keys
    <section class="scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, numeric, sortBy: by }, i) => {
              const sort = order?.column !== i ? 'none' : order.down ? 'descending' : 'ascending'
              return (
                <th key={head} scope="col" class={numeric ? 'number' : ''} {...(by ? { 'aria-sort': sort } : {})}>
                  {by === undefined ? (
                    head
                  ) : (
                    <button type="button" onClick={() => turn(i)}>
                      {head}
                    </button>
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, numeric, cell }) => (
                <td key={head} class={numeric ? 'number' : ''}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function compare(a: number | bigint | string, b: number | bigint | string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
