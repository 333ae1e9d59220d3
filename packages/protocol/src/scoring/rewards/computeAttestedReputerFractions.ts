/** stake × closeness over their sum; all 0 if nobody is close. SPEC VT-3 */
export function computeAttestedReputerFractions(
  reputers: readonly { readonly stake: bigint; readonly closeness: number }[],
): readonly number[] {
  const shares = reputers.map((r) => Number(r.stake) * r.closeness)
  const total = shares.reduce((a, b) => a + b, 0)
  return shares.map((share) => (total > 0 ? share / total : 0))
}
