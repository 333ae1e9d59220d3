import type { CoverageLedger } from './intervalTypes.ts'

/** The ledger with one more epoch: by level whether the truth was held, and the width of the interval or size of the set. */
export function enterLedger(
  ledger: CoverageLedger,
  hits: readonly boolean[],
  widths: readonly number[],
): CoverageLedger {
  return {
    epochs: ledger.epochs + 1,
    levels: ledger.levels.map(({ level, hits: before, width }, i) => ({
      level,
      hits: before + (hits[i] === true ? 1 : 0),
      width: width + (widths[i] ?? 0),
    })),
  }
}
