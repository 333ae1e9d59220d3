import { isCoins } from '@starling/protocol/replay/explain/isCoins'
import type { Line } from '@starling/protocol/replay/explain/types'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { paintFor } from '../output/paintFor.ts'
import { printable } from '../output/printable.ts'
import type { OpenRecords } from '../verify/openRecords.ts'
import type { ExplainedDocument } from './explainedDocument.ts'

/** Inputs shown on a line; of more, how many there are. */
const SHOWN_INPUTS = 6

/** An explanation for people: label, value, formula and inputs of each line. */
export function formatExplained(
  { id, name, unit }: OpenRecords['topic'],
  { address, nonce, status, lines, paid, reason, proof }: ExplainedDocument,
  { stdout, env }: Pick<Io, 'stdout' | 'env'>,
): string {
  const paint = paintFor(stdout, env)
  const rows = lines.map((line) => ({ label: line.label, value: valueText(line, unit), line }))
  const labels = Math.max(...rows.map(({ label }) => label.length))
  const values = Math.max(...rows.map(({ value }) => value.length))
  const indent = ' '.repeat(labels + values + 4)
  const text = rows.map(({ label, value, line }) => {
    const head = `${label.padEnd(labels)}  ${value.padStart(values)}  ${line.formula}`
    const inputs = inputsOf(line)
    return inputs === '' ? head : `${head}\n${indent}${paint('dim', inputs)}`
  })
  const verdict =
    reason === undefined
      ? paint('green', `paid ${formatAllo(BigInt(paid))} (${paid} uallo)`)
      : paint('yellow', `paid nothing: ${reason}`)
  return [
    `${address} in epoch ${nonce} of ${printable(name)} (topic ${id}): ${printable(status)}`,
    '',
    ...text.map(printableLines),
    '',
    verdict,
    `${proof.status}, as the node at block ${proof.height} (${proof.hash.slice(0, 16)}…) says it`,
    '',
  ].join('\n')
}

const withUnit: readonly string[] = ['inference', 'implied inference', 'report', 'agreed truth']

function valueText(line: Line, unit: string): string {
  const { label, value } = line
  if (isCoins(line)) return formatAllo(BigInt(value))
  if (typeof value === 'string') return value
  return withUnit.includes(label) && unit !== '' ? `${formatNumber(value)} ${unit}` : formatNumber(value)
}

function inputsOf({ inputs }: Line): string {
  const entries = Object.entries(inputs)
  const shown = entries.slice(0, SHOWN_INPUTS).map(([name, value]) => `${shortName(name)} ${inputOf(value)}`)
  const more = entries.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** Coins and stakes are whole numbers as text. */
function inputOf(value: number | string): string {
  if (typeof value === 'number') return formatNumber(value)
  return /^[0-9]+$/.test(value) ? formatAllo(BigInt(value)) : value
}

function shortName(name: string): string {
  return name.startsWith('allo1') ? `${name.slice(0, 9)}…${name.slice(-4)}` : name
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
