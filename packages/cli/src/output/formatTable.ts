/** A column of a table: its head, and on which side its cells are aligned. */
export type Column = { readonly head: string; readonly align?: 'right' }

const GAP = '  '

/** A table for people: aligned columns, a head in upper case, a line feed at the end of each line. Cells are ASCII. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => column.head.toUpperCase())
  const lines = [head, ...rows]
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)))
  return lines
    .map((cells) =>
      columns
        .map(({ align }, i) => pad(cells[i] ?? '', widths[i] ?? 0, align))
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function pad(cell: string, width: number, align: 'right' | undefined): string {
  return align === 'right' ? cell.padStart(width) : cell.padEnd(width)
}
