import { create } from '@bufbuild/protobuf'
import { type OpenEpoch, OpenEpochSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import type { State } from '../../../app/context.ts'
import { type Due, getOpenEpoch, putOpenEpoch } from '../view.ts'

/** Counts a commitment that now waits for its reveal (+1), or waits no more (−1); returns the epoch with the new count. */
export function countSealed(state: State, due: Due, role: SubmitterRole, change: 1 | -1): OpenEpoch {
  const epoch = getOpenEpoch(state, due.topicId, due.nonce)
  if (epoch === undefined) throw new Error(`epoch ${due.nonce} of topic ${due.topicId} is not open`)
  const field = role === 'reputer' ? 'sealedTruth' : 'sealedWork'
  const counted = create(OpenEpochSchema, { ...epoch, [field]: epoch[field] + change })
  putOpenEpoch(state, due.topicId, counted)
  return counted
}
