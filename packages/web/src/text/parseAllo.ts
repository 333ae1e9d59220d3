const DECIMALS = 18
const FORM = /^(\d{1,20})(?:\.(\d{1,18}))?$/

/**
 * An amount in ALLO as people write it, in uallo; undefined where it is none.
 *
 * @example
 * parseAllo('1.5') // 1_500_000_000_000_000_000n
 */
export function parseAllo(text: string): bigint | undefined {
  const [, whole, decimals = ''] = FORM.exec(text.trim()) ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(DECIMALS, '0'))
}
