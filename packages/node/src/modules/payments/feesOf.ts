import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { readWhole } from '@starling/protocol/num/readWhole'

/** What of its topic's escrow an open epoch was promised, in uallo. */
export function feesOf({ fees }: OpenEpoch): bigint {
  return fees === '' ? 0n : readWhole(fees)
}
