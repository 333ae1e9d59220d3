import { parseAddress } from '../crypto/address.ts'
import { parseAmount } from '../num/parseAmount.ts'
import { txError } from '../tx/errors.ts'
import { emissionsError } from './emissionsError.ts'

/** The address of a message's field; anything else is refused with the field's name. */
export function readAddressField(field: string, value: string): string {
  if (parseAddress(value) === undefined) throw txError('INVALID_ADDRESS', { field, value: value.slice(0, 100) })
  return value
}

/** The amount of a message's field in uallo, which must be above 0. */
export function readPositiveAmount(field: string, text: string): bigint {
  const amount = readAmountField(field, text)
  if (amount === 0n) throw emissionsError('ZERO_AMOUNT', { field })
  return amount
}

/** The amount of a message's field in uallo. */
export function readAmountField(field: string, text: string): bigint {
  const amount = parseAmount(text)
  if (typeof amount === 'bigint') return amount
  throw emissionsError('INVALID_VALUE', { field, expected: 'a whole non-negative number of uallo', got: text })
}
