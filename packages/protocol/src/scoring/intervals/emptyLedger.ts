import { type CoverageLedger, LEVELS } from './intervalTypes.ts'

/** A ledger without epochs. */
export function emptyLedger(): CoverageLedger {
  return { epochs: 0, levels: LEVELS.map((level) => ({ level, hits: 0, width: 0 })) }
}
