/** One reputer's report of one quantity: the loss it reports and its raw stake. */
export type StakedLoss = { readonly loss: number; readonly stake: number }

/** Σ loss · stake / Σ stake over the reputers that reported the quantity; null without stake. SPEC math 7.2 */
export function aggregateLosses(reports: readonly StakedLoss[]): number | null {
  const total = reports.reduce((sum, r) => sum + r.stake, 0)
  return total > 0 ? reports.reduce((sum, r) => sum + r.loss * r.stake, 0) / total : null
}
