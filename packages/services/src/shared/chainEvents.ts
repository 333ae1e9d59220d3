import type { ChainEvent } from '@starling/sdk/types'

const WINDOW_OPENED = 'emissions.v10.EventWorkerSubmissionWindowOpened'
const EPOCH_CLOSED = 'starling.v1.EventEpochClosed'

/** Worker windows of a topic that opened: the nonce, and the last block that takes a submission. */
export function openedWindows(
  events: readonly ChainEvent[],
  topicId: bigint,
): { readonly nonce: bigint; readonly workerClose: bigint }[] {
  return ofTopic(events, WINDOW_OPENED, topicId).map(({ attributes }) => ({
    nonce: integer(attributes.nonce_block_height),
    workerClose: integer(attributes.window_end_block),
  }))
}

/** Nonces of a topic whose epochs closed: settled, void or contested. */
export function closedEpochs(events: readonly ChainEvent[], topicId: bigint): bigint[] {
  return ofTopic(events, EPOCH_CLOSED, topicId).map(({ attributes }) => integer(attributes.nonce))
}

function ofTopic(events: readonly ChainEvent[], type: string, topicId: bigint): ChainEvent[] {
  return events.filter((event) => event.type === type && integer(event.attributes.topic_id) === topicId)
}

/** Typed events carry 64-bit integers as JSON strings, `"13"` with the quotes. SPEC wire 5 */
function integer(text: string | undefined): bigint {
  const digits = /^"?(-?[0-9]{1,20})"?$/.exec(text ?? '')?.[1]
  return digits === undefined ? -1n : BigInt(digits)
}
