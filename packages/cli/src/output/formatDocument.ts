import { formatNumber } from './formatNumber.ts'
import { formatTable } from './formatTable.ts'
import { printable } from './printable.ts'

type Fields = Readonly<Record<string, unknown>>

/** Plain data for people: a line for each field, a table for each list of records. */
export function formatDocument(document: unknown): string {
  if (Array.isArray(document)) return formatList(document)
  if (!isFields(document)) return `${formatCell(document)}\n`
  const entries = Object.entries(document)
  const width = Math.max(0, ...entries.filter(([, value]) => isCell(value)).map(([key]) => words(key).length + 1))
  return entries.map(([key, value]) => formatField(key, value, width)).join('')
}

function formatField(key: string, value: unknown, width: number): string {
  if (isCell(value)) return `${`${words(key)}:`.padEnd(width)} ${formatCell(value)}\n`
  return `${words(key)}:\n${indent(formatDocument(value))}`
}

function formatList(list: readonly unknown[]): string {
  const rows = list.filter(isFields)
  const [first] = rows
  const isTable = rows.length === list.length && rows.every((row) => Object.values(row).every(isCell))
  if (first === undefined || !isTable) return list.map((one) => `- ${indent(formatDocument(one)).trimStart()}`).join('')
  const heads = Object.keys(first)
  const columns = heads.map((key) => {
    const isNumeric = rows.every((row) => typeof row[key] === 'number')
    return { head: words(key), ...(isNumeric ? ({ align: 'right' } as const) : {}) }
  })
  return formatTable(
    columns,
    rows.map((row) => heads.map((head) => formatCell(row[head]))),
  )
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for what fits on a line: anything but records and lists of them. */
function isCell(value: unknown): boolean {
  return Array.isArray(value) ? value.every((one) => typeof one !== 'object' || one === null) : !isFields(value)
}

function formatCell(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(formatCell).join(', ')
  if (value === null || value === undefined || value === '') return '-'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(value)
  return printable(String(value))
}

/** `epochLength` is «epoch length» for people. */
function words(key: string): string {
  return key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
