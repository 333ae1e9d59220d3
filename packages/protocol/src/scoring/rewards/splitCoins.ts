/** A finite double ≥ 0 as an exact ratio of integers. */
function toRatio(x: number): readonly [bigint, bigint] {
  let value = x
  let denominator = 1n
  while (!Number.isInteger(value)) {
    value *= 2
    denominator *= 2n
  }
  return [BigInt(value), denominator]
}

/**
 * Splits `total` uallo by fractions ≥ 0: amounts truncated toward zero, and the rest (for the caller to return to
 * the pool it came from). Amounts and rest sum to `total`; an amount never exceeds what is left. SPEC math 11.6
 */
export function splitCoins(
  total: bigint,
  fractions: readonly number[],
): { readonly amounts: readonly bigint[]; readonly rest: bigint } {
  let rest = total
  const amounts = fractions.map((fraction) => {
    if (!(fraction > 0)) return 0n
    const [numerator, denominator] = toRatio(Math.min(fraction, 1))
    const share = (total * numerator) / denominator
    // biome-ignore lint/complexity/useMathMinMax: bigint
    const amount = share < rest ? share : rest
    rest -= amount
    return amount
  })
  return { amounts, rest }
}
