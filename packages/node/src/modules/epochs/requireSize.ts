import type { Params } from '@starling/protocol/gen/emissions/v9/params_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'

/** Refuses a message with a payload that is larger than the parameters allow. SPEC lifecycle 2.6 */
export function requireSize({ maxSerializedMsgLength }: Params, bytes: Uint8Array): void {
  const size = bytes.length
  const limit = Number(maxSerializedMsgLength)
  if (size > limit) throw emissionsError('TOO_LARGE', { what: 'the payload', size, limit })
}
