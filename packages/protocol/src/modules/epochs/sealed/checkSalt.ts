import { emissionsError } from '../../emissionsError.ts'

const SALT_LENGTH = 32

/** What opens a commitment: the payload's canonical bytes and the salt. */
export type Opening = { readonly bytes: Uint8Array; readonly salt: Uint8Array }

/** The salt of a reveal, 32 bytes. */
export function checkSalt(field: string, salt: Uint8Array): Uint8Array {
  if (salt.length === SALT_LENGTH) return salt
  throw emissionsError('INVALID_VALUE', { field, expected: `${SALT_LENGTH} bytes`, got: `${salt.length} bytes` })
}
