import { CliError } from '../cliError.ts'

/** Reads a time in seconds that a user typed, from a tenth of a second to a day. */
export function readSeconds(flag: string, text: string): number {
  const value = /^[0-9]{1,6}(\.[0-9]{1,6})?$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0.1 && value <= 86_400) return value
  throw new CliError(2, `${flag} must be seconds from 0.1 to 86400, got "${text}".`)
}
