/** Elsewhere than in Node the portable implementation stays. */
export const useNativeSecp256k1 = (): boolean => false
