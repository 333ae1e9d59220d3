import type { CommitRequest } from '../../../gen/starling/v1/sealed_pb.ts'
import { emissionsError } from '../../emissionsError.ts'
import { readAddressField } from '../../readFields.ts'
import type { SubmitterRole } from '../keys.ts'

const HASH_LENGTH = 32
const ROLES: readonly SubmitterRole[] = ['inferer', 'forecaster', 'reputer']

/** A well-formed commitment: whose, for which epoch, as what. */
export type CheckedCommit = {
  readonly sender: string
  readonly topicId: bigint
  readonly nonce: bigint
  readonly role: SubmitterRole
  readonly commitment: Uint8Array
}

/** Stateless checks of a commitment. SPEC VT-2 */
export function checkCommit({ sender, topicId, nonce, role: named, commitment }: CommitRequest): CheckedCommit {
  readAddressField('sender', sender)
  if (nonce <= 0n) throw invalid('nonce', 'above 0', nonce.toString())
  const role = ROLES.find((one) => one === named)
  if (role === undefined) throw invalid('role', `one of ${ROLES.join(', ')}`, named)
  if (commitment.length !== HASH_LENGTH) {
    throw invalid('commitment', `${HASH_LENGTH} bytes`, `${commitment.length} bytes`)
  }
  return { sender, topicId, nonce, role, commitment }
}

function invalid(field: string, expected: string, got: string): Error {
  return emissionsError('INVALID_VALUE', { field, expected, got })
}
