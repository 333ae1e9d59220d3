/** Rows as CSV (RFC 4180), one piece of text for each. What a spreadsheet would run gets an apostrophe before it. */
export function* csvRows(rows: Iterable<readonly string[]>): Generator<string> {
  for (const cells of rows) yield `${cells.map(toCell).join(',')}\r\n`
}

function toCell(text: string): string {
  const isNumber = /^-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$/.test(text)
  const harmless = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
