import { toHex } from '@starling/protocol/bytes/hex'
import type { Snapshot } from '@starling/sdk/proof/snapshot'

/** The verified header that something was checked against. */
export type AskedProof = {
  readonly status: 'verified'
  readonly height: number
  /** Upper-case hexadecimal. */
  readonly hash: string
  /** The state's hash in that header. */
  readonly appHash: string
}

/** What proves the values of a snapshot. */
export function proofOf({ at }: Pick<Snapshot, 'at'>): AskedProof {
  const upperHex = (bytes: Uint8Array): string => toHex(bytes).toUpperCase()
  return { status: 'verified', height: Number(at.height), hash: upperHex(at.hash), appHash: upperHex(at.appHash) }
}
