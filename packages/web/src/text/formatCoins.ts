import { formatWhole } from './formatNumber.ts'

const UNIT = 10n ** 18n
const SHOWN = 6

/**
 * Coins for people, rounded towards zero: six decimals of an ALLO. What is less than the last of them stays in uallo.
 * Exact arithmetic throughout; the amount is in uallo.
 *
 * @example
 * formatCoins(1_500_000_000_000_000_000n) // '1.5 ALLO'
 */
export function formatCoins(uallo: bigint): string {
  if (uallo < 0n) return `−${formatCoins(-uallo)}`
  const rest = uallo % UNIT
  if (uallo > 0n && uallo < UNIT / 10n ** BigInt(SHOWN)) return `${formatWhole(uallo)} uallo`
  const decimals = rest.toString().padStart(18, '0').slice(0, SHOWN).replace(/0+$/, '')
  return `${formatWhole(uallo / UNIT)}${decimals === '' ? '' : `.${decimals}`} ALLO`
}

/**
 * Coins for people, and to the last uallo.
 *
 * @example
 * formatExactCoins(1_500_000_000_000_000_000n) // '1.5 ALLO (1 500 000 000 000 000 000 uallo)'
 */
export function formatExactCoins(uallo: bigint): string {
  const [coins, exact] = [formatCoins(uallo), `${formatWhole(uallo)} uallo`]
  return coins === exact ? exact : `${coins} (${exact})`
}
