const UALLO_DIGITS = 18
const SHOWN_DIGITS = 6
const SMALLEST_SHOWN = 10n ** BigInt(UALLO_DIGITS - SHOWN_DIGITS)

/**
 * An amount of uallo for people: ALLO with six decimals, rounded towards zero, so that nobody is shown more than there
 * is; below a millionth of an ALLO the exact uallo.
 *
 * @example
 * formatAllo(1_500_000_000_000_000_000n) // '1.500000 ALLO'
 * formatAllo(1000n)                      // '1000 uallo'
 */
export function formatAllo(uallo: bigint): string {
  const size = uallo < 0n ? -uallo : uallo
  if (size < SMALLEST_SHOWN) return size === 0n ? '0 ALLO' : `${uallo} uallo`
  const digits = (size / SMALLEST_SHOWN).toString().padStart(SHOWN_DIGITS + 1, '0')
  return `${uallo < 0n ? '-' : ''}${digits.slice(0, -SHOWN_DIGITS)}.${digits.slice(-SHOWN_DIGITS)} ALLO`
}
