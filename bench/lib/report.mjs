import { appendFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Where `npm run bench` gathers what its programs found: one JSON document on each line. */
const gathered = process.env.STARLING_BENCH_REPORT

function gather(part) {
  const program = basename(process.argv[1] ?? '', '.mjs')
  if (gathered !== undefined) appendFileSync(gathered, `${JSON.stringify({ program, ...part })}\n`)
}

/** Prints a table: the first column is text, all others are figures. `note` says under what conditions they hold. */
export function printTable({ title, note, columns, rows }) {
  const lines = [columns, ...rows].map((row) => row.map(String))
  const widths = columns.map((_, i) => Math.max(...lines.map((row) => row[i].length)))
  console.log(title)
  if (note !== undefined) console.log(`  (${note})`)
  for (const row of lines) {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
    console.log(`  ${cells.join('  ')}`.trimEnd())
  }
  gather({ kind: 'table', title, note, columns, rows: lines.slice(1) })
}

/** Prints a figure beside its aim. `within` is `at most` or `at least`. */
export function printAim({ what, value, within, limit, unit = '' }) {
  const holds = within === 'at most' ? value <= limit : value >= limit
  const [figure, bound] = [value, limit].map((number) => `${shorten(number)}${unit}`)
  console.log(`  aim: ${what}: ${figure}, ${within} ${bound}: ${holds ? 'met' : 'missed'}`)
  gather({ kind: 'aim', what, figure, bound: `${within} ${bound}`, holds })
}

/** A number with three figures that count. */
export function shorten(number) {
  if (!Number.isFinite(number)) return String(number)
  const size = Math.abs(number)
  if (size >= 100 || number === 0) return Math.round(number).toLocaleString('en-GB')
  return number.toFixed(size >= 10 ? 1 : 2)
}
