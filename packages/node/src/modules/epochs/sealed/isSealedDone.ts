import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'

/**
 * True once the workers of an epoch can say no more: their reveal window has closed, or all who committed have revealed.
 * Plain epochs are due in their last block only. SPEC VT-9
 */
export function isWorkDone({ workerCommitClose, workerClose, sealedWork }: OpenEpoch, height: bigint): boolean {
  if (height >= workerClose) return true
  return workerCommitClose > 0n && height >= workerCommitClose && sealedWork === 0
}

/** The same for the reputers. */
export function isTruthDone({ truthCommitClose, truthClose, sealedTruth }: OpenEpoch, height: bigint): boolean {
  if (height >= truthClose) return true
  return truthCommitClose > 0n && height >= truthCommitClose && sealedTruth === 0
}
