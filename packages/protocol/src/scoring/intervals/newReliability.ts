import type { ReliabilityLedger } from './intervalTypes.ts'

const BINS = 10

/** A reliability ledger without answers. SPEC VT-7 */
export function newReliability(): ReliabilityLedger {
  return Array.from({ length: BINS }, () => ({ n: 0, probability: 0, events: 0 }))
}
