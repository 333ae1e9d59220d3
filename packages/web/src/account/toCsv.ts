import type { Line } from '@starling/protocol/replay/explain/types'

/** The lines of an explanation as CSV (RFC 4180): numbers in full, coins in uallo. */
export function toCsv(lines: readonly Line[]): string {
  const rows = lines.map(({ label, value, formula, inputs }) => {
    const given = Object.entries(inputs).map(([name, input]) => `${name}=${input}`)
    return [label, String(value), formula, given.join('; ')]
  })
  return [['step', 'value', 'formula', 'inputs'], ...rows].map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('')
}

/** A text that begins like a formula would be run by a spreadsheet: it gets an apostrophe before it. */
function toCell(text: string): string {
  const isNumber = /^-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$/.test(text)
  const harmless = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
