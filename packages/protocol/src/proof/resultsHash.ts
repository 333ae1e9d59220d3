import { merkleRoot } from './merkleRoot.ts'
import { protoFields } from './protoFields.ts'

/** The part of a transaction's result that every node must agree on. */
export type AgreedResult = {
  readonly code: number
  readonly data: Uint8Array
  readonly gasWanted: bigint
  readonly gasUsed: bigint
}

/** Merkle root over the results of a block's transactions: the next block's `last_results_hash`. */
export function resultsHash(results: readonly AgreedResult[]): Uint8Array {
  return merkleRoot(
    results.map(({ code, data, gasWanted, gasUsed }) =>
      protoFields().uint(1, code).bytes(2, data).uint(5, gasWanted).uint(6, gasUsed).done(),
    ),
  )
}
