import type { Rpc } from '../http/createRpc.ts'
import { integerAt } from '../http/json.ts'

type Attempt = { readonly topicId: bigint; readonly nonce: bigint; readonly address: string }

/** Events that a submission leaves, admitted or not, with the names of the field that says who. */
const submissions = [
  { event: 'emissions.v10.EventInsertInfererPayload', who: 'inferer', what: 'inference' },
  { event: 'emissions.v10.EventInsertForecasterPayload', who: 'forecaster', what: 'forecast' },
  { event: 'starling.v1.EventTruthSubmitted', who: 'reputer', what: 'report' },
] as const

/**
 * Why somebody does not stand in a record although a transaction of it for that epoch stands in a block; undefined
 * where there is none. The search is the node's own index: nothing proves it.
 */
export async function findAttempt(rpc: Rpc, { topicId, nonce, address }: Attempt): Promise<string | undefined> {
  for (const { event, who, what } of submissions) {
    const fields = [
      [who, address],
      ['topic_id', topicId],
      ['nonce', nonce],
    ] as const
    const query = fields.map(([field, value]) => `${event}.${field}='"${value}"'`).join(' AND ')
    const found = await rpc.call('tx_search', { query, per_page: '1' })
    if (integerAt(found, ['total_count'], 0n) > 0n) {
      const decided = what === 'report' ? 'others had more stake' : 'others had more merit'
      return `Its ${what} came in, but the active set was full and ${decided}: it stayed outside, or was displaced.`
    }
  }
  return undefined
}
