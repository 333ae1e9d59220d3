import { parseAddress } from '@starling/protocol/crypto/address'
import { CliError } from '../cliError.ts'

/** Reads a nonce or a height that a user typed: a whole number from 1. */
export function readHeight(name: string, text: string): bigint {
  if (/^[1-9][0-9]{0,17}$/.test(text)) return BigInt(text)
  throw new CliError(2, `${name} must be a whole number from 1, got "${text}".`)
}

/** Reads a whole number within bounds that a user typed. */
export function readCount(name: string, text: string, least: number, most: number): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new CliError(2, `${name} must be a whole number from ${least} to ${most}, got "${text}".`)
}

/** Reads an address that a user typed. */
export function readAddress(name: string, text: string): string {
  if (parseAddress(text) !== undefined) return text
  throw new CliError(2, `${name} must be an address like allo1…, got "${text}". Is a character missing?`)
}
