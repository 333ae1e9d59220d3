import type { LossMethod } from '../types.ts'

/** Every loss that the chain computes; the list is closed and versioned. SPEC VT-4 */
export const lossMethods: readonly LossMethod[] = [
  'squared',
  'absolute',
  'huber',
  'logcosh',
  'quantile',
  'relative-squared',
  'qlike',
  'log-loss',
  'brier',
  'cross-entropy',
  'crps',
  'pinball',
]
