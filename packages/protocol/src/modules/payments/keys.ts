import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** Keys of the payments store. Numbers and amounts are stored as decimal text. */
export const paymentsKeys: {
  /** What a topic's escrow holds, in uallo. */
  readonly escrow: (topicId: bigint) => Uint8Array
  /** What of it open epochs were promised. */
  readonly earmarked: (topicId: bigint) => Uint8Array
  /** Bootstrap that waits for a topic's edge to be shown, in uallo. */
  readonly held: (topicId: bigint) => Uint8Array
  /** A `starling.v1.TopicPayments`. */
  readonly topic: (topicId: bigint) => Uint8Array
  /** A `starling.v1.Funder`. */
  readonly funder: (topicId: bigint, address: string) => Uint8Array
  readonly funders: (topicId: bigint) => Uint8Array
  /** A `starling.v1.Receipt`. */
  readonly receipt: (id: bigint) => Uint8Array
  readonly receipts: () => Uint8Array
  /** The id that the next receipt gets. */
  readonly nextReceipt: () => Uint8Array
} = {
  escrow: (topicId) => pathKey('escrow', topicId),
  earmarked: (topicId) => pathKey('earmarked', topicId),
  held: (topicId) => pathKey('held', topicId),
  topic: (topicId) => pathKey('topic', topicId),
  funder: (topicId, address) => pathKey('funder', topicId, address),
  funders: (topicId) => pathPrefix('funder', topicId),
  receipt: (id) => pathKey('receipt', id),
  receipts: () => pathPrefix('receipt'),
  nextReceipt: () => pathKey('next_receipt'),
}
