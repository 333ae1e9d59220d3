import { topicsError } from '../../topics/errors.ts'

/** What is thrown where stored bytes hold no state of a verified topic. */
export function damaged(reason: string): Error {
  return topicsError('STATE_DAMAGED', { reason })
}
