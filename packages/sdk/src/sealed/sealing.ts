import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { makeCommitment } from '@starling/protocol/modules/epochs/sealed/makeCommitment'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'

/** Where a sealed submission belongs, and whose it is. */
export type SealedPlace = {
  readonly chainId: string
  readonly topicId: bigint
  readonly nonce: bigint
  readonly author: string
}

/** What is sent first, and what is sent once the commit window has closed. */
export type SealedSubmission = { readonly commits: readonly MessageToSend[]; readonly reveal: MessageToSend }

/** 32 bytes that nobody can guess, for the commitment of one role in one place. */
export type SaltSource = (place: SealedPlace, role: SubmitterRole) => Uint8Array

const SALT_LENGTH = 32

/** 32 random bytes. */
export function newSalt(): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(SALT_LENGTH))
}

/** The message that commits to a payload. SPEC VT-2 */
export function commitMessage(
  { chainId, topicId, nonce, author }: SealedPlace,
  role: SubmitterRole,
  payload: Uint8Array,
  salt: Uint8Array,
): MessageToSend {
  const commitment = makeCommitment({ chainId, topicId, nonce, role, author, payload, salt })
  return { typeUrl: '/starling.v1.CommitRequest', value: { sender: author, topicId, nonce, role, commitment } }
}
