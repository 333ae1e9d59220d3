/** What each bet risks of its wealth on a difference at the bound. */
export const BET_FRACTIONS: readonly number[] = [0.9, 0.45, 0.225, 0.1125, 0.05625]
