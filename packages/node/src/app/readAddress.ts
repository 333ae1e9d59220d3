import { parseAddress } from '@starling/protocol/crypto/address'
import { QueryError } from './queryError.ts'

/** The address of a query's field, or a `QueryError` that names the field. */
export function readAddress(field: string, value: string): string {
  if (parseAddress(value) !== undefined) return value
  throw new QueryError('INVALID_ARGUMENT', `${field} must be an allo… address, got "${value.slice(0, 80)}"`)
}
