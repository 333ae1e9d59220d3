import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { StateReader } from '../../app/context.ts'
import { listOpenEpochs } from './view.ts'

/** What an epoch waits for. */
export type Awaited = 'work' | 'truth'

/** The newest committed block; what is sent now is carried by the block after it at the earliest. */
type Seen = { readonly state: StateReader; readonly height: bigint }

/** Epochs of a topic whose window takes what the next block carries, newest first. */
export function listOpenWindows({ state, height }: Seen, awaited: Awaited, topicId: bigint): readonly OpenEpoch[] {
  const next = height + 1n
  return newestFirst(state, topicId).filter((epoch) => {
    const { from, to } = windowOf(epoch, awaited)
    return isWanted(epoch, awaited) && next >= from && next <= to
  })
}

/**
 * The reference's unfulfilled nonces, newest first: for workers while their window is open, for reputers from the
 * answer until the settlement. SPEC lifecycle 1.4
 */
export function listUnfulfilled(seen: Seen, awaited: Awaited, topicId: bigint): readonly OpenEpoch[] {
  return awaited === 'work'
    ? listOpenWindows(seen, 'work', topicId)
    : newestFirst(seen.state, topicId).filter(({ answered }) => answered)
}

/** The truth window that opens next; undefined while no open epoch has one ahead. */
export function findNextTruthWindow({ state, height }: Seen, topicId: bigint): OpenEpoch | undefined {
  return listOpenEpochs(state, topicId).find(
    ({ answered, workerClose, truthOpen }) => truthOpen > height + 1n && (answered || workerClose > height),
  )
}

/** First and last block of a window. */
export function windowOf(epoch: OpenEpoch, awaited: Awaited): { readonly from: bigint; readonly to: bigint } {
  return awaited === 'work'
    ? { from: epoch.workerOpen, to: epoch.workerClose }
    : { from: epoch.truthOpen, to: epoch.truthClose }
}

/** Nobody is paid for the truth of an epoch without an answer, and a window of reveals may close early. */
function isWanted({ answered, workClosed }: OpenEpoch, awaited: Awaited): boolean {
  return awaited === 'work' ? !workClosed : answered
}

function newestFirst(state: StateReader, topicId: bigint): readonly OpenEpoch[] {
  return listOpenEpochs(state, topicId).toReversed()
}
