import { parseAmount } from '@starling/protocol/num/parseAmount'
import { CliError } from '../cliError.ts'

const UALLO_DIGITS = 18
const SHAPE = /^([0-9]{1,78})(?:\.([0-9]{1,78}))?\s?(allo|uallo)?$/i
const LONGEST_SHOWN = 40

/**
 * Reads an amount that a user typed: decimal ALLO, or whole `uallo`. Throws a `CliError` for what is no amount above 0.
 *
 * @example
 * readAmount('1.5')      // 1_500_000_000_000_000_000n
 * readAmount('10uallo')  // 10n
 */
export function readAmount(text: string): bigint {
  const [, whole, fraction = '', unit = ''] = SHAPE.exec(text.trim()) ?? []
  if (whole === undefined) throw refused('an amount above 0, like 5 or 0.25 (ALLO) or 1000uallo', text)
  const digits = unit.toLowerCase() === 'uallo' ? 0 : UALLO_DIGITS
  if (fraction.length > digits) {
    throw refused(digits === 0 ? 'whole, as there is nothing smaller than 1uallo' : `at most ${digits} decimals`, text)
  }
  const amount = parseAmount(`${whole}${fraction.padEnd(digits, '0')}`.replace(/^0+(?=[0-9])/, ''))
  if (typeof amount !== 'bigint') throw refused('at most 2^256 − 1 uallo', text)
  if (amount === 0n) throw refused('above 0', text)
  return amount
}

function refused(expected: string, text: string): CliError {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
  return new CliError(2, `The amount must be ${expected}, got "${shown}". Nothing was signed.`)
}
