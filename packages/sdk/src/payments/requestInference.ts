import { StarlingError } from '../starlingError.ts'
import type { LandedTx, Sender } from '../types.ts'

/** What is asked, and what it is worth. */
export type InferenceRequest = {
  readonly topicId: bigint
  /** In uallo; 0 is allowed. */
  readonly pay: bigint
  /** The oldest that the answer may be, in blocks, at least 1; without such an answer nothing is paid. */
  readonly maxAge: bigint
  /** The buyer's own mark: at most 64 printable ASCII characters. */
  readonly reference?: string
}

/** What was bought: the answer of `nonce`, by a receipt that can be read with its proof once the next block stands. */
export type BoughtAnswer = { readonly receiptId: bigint; readonly nonce: bigint; readonly tx: LandedTx }

const EVENT = 'starling.v1.EventInferenceRequested'

/**
 * Buys the newest answer of a topic (SPEC PW-1) and returns once the receipt stands. Throws a `StarlingError` of kind
 * `refused` and codespace `payments` where there is no answer (2), or none fresh enough (3): then only gas was paid.
 *
 * @example
 * const { receiptId, nonce } = await requestInference(sender, { topicId: 1n, pay: 10n ** 16n, maxAge: 20n })
 */
export async function requestInference(
  sender: Sender,
  { topicId, pay, maxAge, reference = '' }: InferenceRequest,
): Promise<BoughtAnswer> {
  const value = { sender: sender.address, topicId, pay: pay.toString(), maxAge, reference }
  const { landed } = await sender.send([{ typeUrl: '/starling.v1.RequestInferenceRequest', value }])
  const tx = await landed
  const attributes = tx.events.find(({ type }) => type === EVENT)?.attributes
  return { receiptId: wholeOf(attributes?.receipt_id), nonce: wholeOf(attributes?.nonce), tx }
}

/** The number in an attribute, which holds it as JSON text. */
function wholeOf(text: string | undefined): bigint {
  const [, digits] = /^"([0-9]{1,20})"$/.exec(text ?? '') ?? []
  if (digits !== undefined) return BigInt(digits)
  throw new StarlingError('unavailable', `The node does not tell which receipt the transaction has: it says ${text}.`)
}
