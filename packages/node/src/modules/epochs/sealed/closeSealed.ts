import { create } from '@bufbuild/protobuf'
import {
  type OpenEpoch,
  OpenEpochSchema,
  type Unrevealed,
  UnrevealedSchema,
} from '@starling/protocol/gen/starling/v1/epochs_pb'
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
  const unrevealed = noteUnrevealed(epoch, { inferers, forecasters })
  return create(OpenEpochSchema, { ...epoch, workClosed: true, sealedWork: 0, ...unrevealed })
}

/** The same for the reputers, just before the epoch is settled. */
export function closeSealedTruth(context: Context, topic: StoredTopic, epoch: OpenEpoch): OpenEpoch {
  const reputers = takeUnrevealed(context, topic, epoch.nonce, 'reputer')
  burnBonds(context, topic, epoch.nonce, reputers.length)
  return create(OpenEpochSchema, { ...epoch, sealedTruth: 0, ...noteUnrevealed(epoch, { reputers }) })
}

function takeUnrevealed({ state }: Context, { id }: StoredTopic, nonce: bigint, role: SubmitterRole): string[] {
  const due = { topicId: id, nonce }
  const authors = listCommitments(state, role, due).map(({ author }) => author)
  for (const author of authors) deleteCommitment(state, role, due, author)
  return authors
}

type Missing = { readonly inferers?: string[]; readonly forecasters?: string[]; readonly reputers?: string[] }

/** Nothing is noted where everybody revealed. */
function noteUnrevealed({ unrevealed }: OpenEpoch, missing: Missing): { readonly unrevealed?: Unrevealed } {
  const nobody = Object.values(missing).every((authors) => authors.length === 0)
  if (nobody) return unrevealed === undefined ? {} : { unrevealed }
  const { inferers = [], forecasters = [], reputers = [] } = unrevealed ?? {}
  return { unrevealed: create(UnrevealedSchema, { inferers, forecasters, reputers, ...missing }) }
}
