import { bankError } from '../bank/errors.ts'
import { isBlockedRecipient } from '../bank/moduleAccounts.ts'
import { emissionsError } from '../emissionsError.ts'
import { readAddressField } from '../readFields.ts'

/** The address that a participant's rewards go to: like a transfer's receiver it must not be a module's account. */
export function readOwner(field: string, value: string): string {
  if (value === '') throw emissionsError('OWNER_EMPTY', {})
  const owner = readAddressField(field, value)
  if (isBlockedRecipient(owner)) throw bankError('BLOCKED_RECIPIENT', { address: owner })
  return owner
}
