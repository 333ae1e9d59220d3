/** The stores of the state, one per module (SPEC GR-4). */
export const storeNames: readonly string[] = ['auth', 'bank', 'fees']
