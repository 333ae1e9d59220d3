/** The test of «the network beats the baseline» after n differences: plain data, JSON-safe. SPEC VT-8 */
export type EdgeState = {
  /** Differences so far. */
  readonly n: number
  /** Moving average of |difference|, which sets the bound of the next one. */
  readonly meanSize: number
  /** Wealth of each bet that began with 1. */
  readonly bets: readonly number[]
}

/** What answers carry: shown while the e-value is at least 20. */
export type Edge = { readonly shown: boolean; readonly eValue: number; readonly n: number }
