import { emissionsError } from '@starling/protocol/modules/emissionsError'

/** The old API's `CreateNewTopic` means truth "reported", which is refused with a pointer to ours. SPEC VT-1 */
export function createNewTopic(): never {
  throw emissionsError('OLD_API', {})
}
