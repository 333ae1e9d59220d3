import { merkleRoot } from './merkleRoot.ts'

/** `evidence_hash` of a block without evidence. */
export const EMPTY_EVIDENCE_HASH: Uint8Array = merkleRoot([])
