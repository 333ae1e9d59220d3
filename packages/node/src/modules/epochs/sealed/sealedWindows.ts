import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { emissionsError } from '@starling/protocol/modules/emissionsError'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import type { Context } from '../../../app/context.ts'
import { getOpenEpoch, listOpenEpochs } from '../view.ts'

/** The two steps of a sealed submission. */
export type SealedStep = 'commit' | 'reveal'

type Window = { readonly opened: bigint; readonly closed: bigint }

/** First and last block that take a step of a role. SPEC VT-2 */
export function sealedWindowOf(epoch: OpenEpoch, role: SubmitterRole, step: SealedStep): Window {
  const { workerOpen, workerCommitClose, workerClose, truthOpen, truthCommitClose, truthClose } = epoch
  const [open, between, close] =
    role === 'reputer' ? [truthOpen, truthCommitClose, truthClose] : [workerOpen, workerCommitClose, workerClose]
  return step === 'commit' ? { opened: open, closed: between } : { opened: between + 1n, closed: close }
}

/** Throws where this block does not take the step: what is open instead, or from when on. */
export function requireSealedWindow(
  { state, height }: Context,
  topicId: bigint,
  nonce: bigint,
  role: SubmitterRole,
  step: SealedStep,
): void {
  const epoch = getOpenEpoch(state, topicId, nonce)
  if (epoch === undefined) {
    const open = listOpenEpochs(state, topicId).map((other) => other.nonce)
    throw emissionsError('NONCE_NOT_FOUND', { nonce, topicId, open })
  }
  const { opened, closed } = sealedWindowOf(epoch, role, step)
  const over = step === 'reveal' && role !== 'reputer' && epoch.workClosed
  if (height >= opened && height <= closed && !over) return
  throw emissionsError(step === 'commit' ? 'COMMIT_WINDOW' : 'REVEAL_WINDOW', { nonce, opened, closed, height })
}
