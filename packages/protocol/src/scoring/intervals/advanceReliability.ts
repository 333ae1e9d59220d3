import type { ReliabilityLedger } from './intervalTypes.ts'

const BINS = 10

/**
 * The ledger with one more answer: its probability in 0…1, and whether the event came true (1) or not (0). Bin i holds
 * i/10 ≤ probability < (i + 1)/10, the last one 1 too. SPEC VT-7
 */
export function advanceReliability(ledger: ReliabilityLedger, probability: number, truth: number): ReliabilityLedger {
  const bin = Math.min(BINS - 1, Math.floor(probability * BINS))
  return ledger.map((entry, i) =>
    i === bin
      ? {
          n: entry.n + 1,
          probability: entry.probability + probability,
          events: entry.events + (truth === 1 ? 1 : 0),
        }
      : entry,
  )
}
