/**
 * Copies the rows that a table shows as lines with tabs, which spreadsheets take; a cell's `data-copy` stands for what it
 * shows. Returns the number of rows under the head. Throws a sentence where the browser allows no copying.
 */
export async function copyTable(table: HTMLTableElement | null): Promise<number> {
  const rows = Array.from(table?.rows ?? [], (row) => Array.from(row.cells, textOf).join('\t'))
  await toClipboard(rows.join('\n'))
  return Math.max(0, rows.length - 1)
}

/** A cell in one line. */
function textOf(cell: HTMLTableCellElement): string {
  // biome-ignore lint/performance/useDomNodeTextContent: what a closed mark hides is not copied
  return (cell.dataset.copy ?? cell.innerText).replace(/\s+/g, ' ').trim()
}

async function toClipboard(text: string): Promise<void> {
  // Browsers offer it to pages of this machine and to those over TLS alone.
  if (typeof navigator.clipboard?.writeText !== 'function') {
    throw new Error('This browser lets no page copy that came over plain HTTP from another machine.')
  }
  await navigator.clipboard.writeText(text)
}
