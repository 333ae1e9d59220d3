import { concatBytes } from '../../../bytes/concatBytes.ts'
import { toUtf8 } from '../../../bytes/utf8.ts'
import { sha256 } from '../../../crypto/sha256.ts'
import type { SubmitterRole } from '../keys.ts'

const DOMAIN = 'starling/commitment/1'

/** What a commitment binds together. */
export type CommitmentParts = {
  readonly chainId: string
  readonly topicId: bigint
  readonly nonce: bigint
  readonly role: SubmitterRole
  /** Address that commits and reveals. */
  readonly author: string
  /** The canonical bytes of the payload message. */
  readonly payload: Uint8Array
  /** 32 random bytes that nobody else knows before the reveal. */
  readonly salt: Uint8Array
}

/**
 * SHA-256(domain ‖ chain id ‖ topic ‖ nonce ‖ role ‖ author ‖ SHA-256(payload) ‖ salt), each part after its length in
 * four bytes, big-endian; topic and nonce in decimal digits. The author is inside, so that a copy is worthless. SPEC VT-2
 */
export function makeCommitment({ chainId, topicId, nonce, role, author, payload, salt }: CommitmentParts): Uint8Array {
  const texts = [DOMAIN, chainId, topicId.toString(), nonce.toString(), role, author]
  const parts = [...texts.map(toUtf8), sha256(payload), salt]
  return sha256(concatBytes(...parts.flatMap((part) => [lengthOf(part), part])))
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  return Uint8Array.of((length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255)
}
