import { CliError } from '../cliError.ts'

/** A whole number that was given with a flag. Throws a `CliError` that names the flag. */
export function readWhole(flag: string, text: string, least: number, most: number): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new CliError(2, `${flag} must be a whole number from ${least} to ${most}, got "${text}".`)
}
