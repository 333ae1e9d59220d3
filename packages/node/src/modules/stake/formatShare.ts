import { SHARE_SCALE } from './payDelegator.ts'

const DIGITS = SHARE_SCALE.toString().length - 1

/** A number on the scale of rewards per share as an exact decimal, without trailing zeros. */
export function formatShare(scaled: bigint): string {
  const fraction = (scaled % SHARE_SCALE).toString().padStart(DIGITS, '0').replace(/0+$/, '')
  const whole = (scaled / SHARE_SCALE).toString()
  return fraction === '' ? whole : `${whole}.${fraction}`
}
