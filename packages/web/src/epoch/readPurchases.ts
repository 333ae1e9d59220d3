import type { Rpc } from '@starling/sdk/http/createRpc'
import { at, integerAt, listAt, textAt } from '@starling/sdk/http/json'

/** Somebody who bought an answer. */
export type Purchase = {
  /** Number of the receipt. */
  readonly receipt: string
  readonly payer: string
  /** uallo. */
  readonly pay: bigint
  readonly reference: string
  readonly height: bigint
  readonly hash: string
}

type Wanted = { readonly topicId: bigint; readonly nonce: bigint; readonly most: number }

const EVENT = 'starling.v1.EventInferenceRequested'

/** Who bought the answer of an epoch, newest first, by the node's index of transactions; nothing proves it. SPEC PW-1 */
export async function readPurchases(
  rpc: Rpc,
  { topicId, nonce, most }: Wanted,
): Promise<{ readonly purchases: readonly Purchase[]; readonly total: bigint }> {
  const query = `${EVENT}.topic_id='"${topicId}"' AND ${EVENT}.nonce='"${nonce}"'`
  const found = await rpc.call('tx_search', { query, per_page: String(most), order_by: 'desc' })
  const purchases = listAt(found, 'txs').flatMap((tx) =>
    listAt(tx, 'tx_result', 'events')
      .filter((event) => at(event, 'type') === EVENT)
      .map(attributesOf)
      .filter((told) => told.get('topic_id') === String(topicId) && told.get('nonce') === String(nonce))
      .map(
        (told): Purchase => ({
          receipt: told.get('receipt_id') ?? '',
          payer: told.get('payer') ?? '',
          pay: wholeOf(told.get('pay')),
          reference: told.get('reference') ?? '',
          height: integerAt(tx, ['height']),
          hash: textAt(tx, 'hash'),
        }),
      ),
  )
  return { purchases, total: integerAt(found, ['total_count'], 0n) }
}

/** Attributes of a typed event: their values are JSON texts. */
function attributesOf(event: unknown): ReadonlyMap<string, string> {
  return new Map(
    listAt(event, 'attributes').map((attribute) => [
      String(at(attribute, 'key')),
      String(at(attribute, 'value')).replace(/^"(.*)"$/s, '$1'),
    ]),
  )
}

function wholeOf(text: string | undefined): bigint {
  return text !== undefined && /^[0-9]{1,60}$/.test(text) ? BigInt(text) : 0n
}
