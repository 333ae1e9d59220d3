import type { RequestInferenceRequest } from '../../gen/starling/v1/payments_pb.ts'
import { readAddressField, readAmountField } from '../readFields.ts'
import { paymentsError } from './errors.ts'

const REFERENCE = /^[\x20-\x7e]{0,64}$/

/** A request for an answer once its fields are checked: who pays how many uallo. */
export type CheckedRequest = { readonly payer: string; readonly pay: bigint }

/** Stateless checks of a request for an answer. SPEC PW-1 */
export function checkRequestInference({ sender, pay, maxAge, reference }: RequestInferenceRequest): CheckedRequest {
  const payer = readAddressField('sender', sender)
  const amount = readAmountField('pay', pay)
  // Left out it would be 0, which no answer meets: a forgotten limit buys nothing stale.
  if (maxAge < 1n) {
    const expected = 'at least 1 block, as an answer is one block old when it can first be bought'
    throw paymentsError('INVALID_REQUEST', { field: 'max_age', expected, got: maxAge.toString() })
  }
  if (!REFERENCE.test(reference)) {
    const expected = 'at most 64 printable ASCII characters'
    throw paymentsError('INVALID_REQUEST', { field: 'reference', expected, got: reference })
  }
  return { payer, pay: amount }
}
