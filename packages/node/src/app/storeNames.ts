/** The stores of the state, one per module (SPEC GR-4). */
export const storeNames: readonly string[] = [
  'auth',
  'bank',
  'fees',
  'params',
  'mint',
  'topics',
  'actors',
  'stake',
  'epochs',
  'synthesis',
  'rewards',
  'payments',
]
