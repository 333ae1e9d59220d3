import type { Line } from '@starling/protocol/replay/explain/types'
import { csvRows } from '../text/csvRows.ts'

/** The lines of an explanation as CSV: numbers in full, coins in uallo. */
export function toCsv(lines: readonly Line[]): string {
  const rows = lines.map(({ label, value, formula, inputs }) => {
    const given = Object.entries(inputs).map(([name, input]) => `${name}=${input}`)
    return [label, String(value), formula, given.join('; ')]
  })
  return [...csvRows([['step', 'value', 'formula', 'inputs'], ...rows])].join('')
}
