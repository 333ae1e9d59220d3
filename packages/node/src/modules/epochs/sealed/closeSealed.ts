import { create } from '@bufbuild/protobuf'
import { type OpenEpoch, OpenEpochSchema, UnrevealedSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import type { Context } from '../../../app/context.ts'
import type { StoredTopic } from '../../topics/view.ts'
import { deleteCommitment, listCommitments } from '../view.ts'
import { burnBonds } from './bonds.ts'

/** Closes the reveal window of the workers: bonds of those who did not reveal burn, and the epoch remembers them. SPEC VT-2 */
export function closeSealedWork(context: Context, topic: StoredTopic, epoch: OpenEpoch): OpenEpoch {
  const inferers = takeUnrevealed(context, topic, epoch.nonce, 'inferer')
  const forecasters = takeUnrevealed(context, topic, epoch.nonce, 'forecaster')
  burnBonds(context, topic, epoch.nonce, inferers.length + forecasters.length)
  const closed = { ...epoch, workClosed: true, sealedWork: 0 }
  if (inferers.length + forecasters.length === 0) return create(OpenEpochSchema, closed)
  return create(OpenEpochSchema, { ...closed, unrevealed: create(UnrevealedSchema, { inferers, forecasters }) })
}

/** The same for the reputers, just before the epoch is settled. */
export function closeSealedTruth(context: Context, topic: StoredTopic, epoch: OpenEpoch): OpenEpoch {
  const reputers = takeUnrevealed(context, topic, epoch.nonce, 'reputer')
  burnBonds(context, topic, epoch.nonce, reputers.length)
  if (reputers.length === 0) return create(OpenEpochSchema, { ...epoch, sealedTruth: 0 })
  const { inferers = [], forecasters = [] } = epoch.unrevealed ?? {}
  const unrevealed = create(UnrevealedSchema, { inferers, forecasters, reputers })
  return create(OpenEpochSchema, { ...epoch, sealedTruth: 0, unrevealed })
}

function takeUnrevealed({ state }: Context, { id }: StoredTopic, nonce: bigint, role: SubmitterRole): string[] {
  const due = { topicId: id, nonce }
  const authors = listCommitments(state, role, due).map(({ author }) => author)
  for (const author of authors) deleteCommitment(state, role, due, author)
  return authors
}
