import type { ComponentChildren, JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { formatWhole } from '../text/formatNumber.ts'
import { copyTable } from './copyTable.ts'

/** A column: its head, how a row is sorted by it, and what stands in the cell. */
export type Column<R> = {
  readonly head: string
  readonly sortBy?: (row: R) => number | bigint | string
  readonly cell: (row: R) => ComponentChildren
  /** What a copy has in place of the cell: a number in full, an address whole. */
  readonly copy?: (row: R) => string
  readonly numeric?: true
}

type Props<R> = {
  readonly caption: string
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly keyOf: (row: R) => string
  /** Rows of words: where there is no room for columns, their cells stand below each other. */
  readonly stacks?: true
}

/** Rows that are drawn at first; more on demand, so that no table holds up the page. */
const DRAWN = 200

/** A table that is sorted by any of its columns, and copied whole; without a choice, rows stand as they are given. */
export function Table<R>({ caption, columns, rows, keyOf, stacks }: Props<R>): JSX.Element {
  const [order, setOrder] = useState<{ readonly column: number; readonly down: boolean } | undefined>(undefined)
  const [drawn, setDrawn] = useState(DRAWN)
  const place = useRef<HTMLTableElement>(null)
  const turn = (column: number): void =>
    setOrder((old) => ({ column, down: old?.column === column ? !old.down : columns[column]?.numeric === true }))
  const sortBy = order === undefined ? undefined : columns[order.column]?.sortBy
  const sorted = sortBy === undefined ? rows : [...rows].sort((a, b) => compare(sortBy(a), sortBy(b)))
  const shown = order?.down === true ? [...sorted].reverse() : sorted
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls what is wider than the page with the keys */}
      <section class="scroll" aria-label={caption} tabIndex={0}>
        <table ref={place} class={stacks ? 'stacks' : ''}>
          <caption>
            <span>{caption}</span>
          </caption>
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
            {shown.slice(0, drawn).map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ head, numeric, cell, copy }) => (
                  <td key={head} class={numeric ? 'number' : ''} {...(copy ? { 'data-copy': copy(row) } : {})}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="under">
        {shown.length > drawn ? (
          <button type="button" onClick={() => setDrawn(drawn + DRAWN)}>
            Show more of {formatWhole(shown.length)} rows
          </button>
        ) : null}
        <CopyButton caption={caption} copy={() => copyTable(place.current)} />
      </p>
    </>
  )
}

type CopyProps = { readonly caption: string; readonly copy: () => Promise<number> }

function CopyButton({ caption, copy }: CopyProps): JSX.Element {
  const [said, setSaid] = useState('')
  const onClick = (): void => {
    copy().then(
      (rows) => setSaid(`${rows} ${rows === 1 ? 'row' : 'rows'} copied`),
      (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    <>
      <button type="button" class="small" aria-label={`Copy the table: ${caption}`} onClick={onClick}>
        Copy
      </button>{' '}
      <span class="quiet" role="status">
        {said}
      </span>
    </>
  )
}

function compare(a: number | bigint | string, b: number | bigint | string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
