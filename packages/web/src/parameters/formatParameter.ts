import { formatExactCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { Unit } from './meanings.ts'

const ONE = 10n ** 18n

/** A parameter for people, exact: coins in ALLO and uallo, scaled shares as decimals. */
export function formatParameter(unit: Unit, value: string | bigint | number | boolean): string {
  const text = String(value)
  const whole = /^[0-9]{1,80}$/.test(text) ? BigInt(text) : undefined
  if (unit === 'switch') return text === 'true' ? 'on' : 'off'
  if (unit === 'text' || whole === undefined) return plainText(text, 80)
  if (unit === 'uallo') return formatExactCoins(whole)
  if (unit === 'dec') return formatScaled(whole)
  if (unit === 'share' || unit === 'number' || unit === 'count') return formatWhole(whole)
  return `${formatWhole(whole)} ${unit}`
}

/** A whole number of 10^-18 as a decimal, exact. */
function formatScaled(scaled: bigint): string {
  const decimals = (scaled % ONE).toString().padStart(18, '0').replace(/0+$/, '')
  return `${formatWhole(scaled / ONE)}${decimals === '' ? '' : `.${decimals}`}`
}
