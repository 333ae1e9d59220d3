import { at, integerAt, listAt, textAt } from '@starling/sdk/http/json'
import type { Network } from './startNetwork.ts'

/** A submission of a worker that stands in a block and was taken. */
export type Submission = { readonly nonce: bigint; readonly height: bigint }

/** Every submission of a worker that the chain has taken, by height. */
export async function submissionsOf({ url }: Pick<Network, 'url'>, address: string): Promise<readonly Submission[]> {
  const query = `message.sender='${address}'`
  const given = new URLSearchParams({ query, limit: '100', order_by: 'ORDER_BY_ASC' })
  const json: unknown = await (await fetch(`${url}/cosmos/tx/v1beta1/txs?${given}`)).json()
  return listAt(json, 'tx_responses').flatMap((response) => {
    if (integerAt(response, ['code'], 0n) !== 0n) return []
    const height = integerAt(response, ['height'])
    return listAt(response, 'tx', 'body', 'messages')
      .filter((message) => textAt(message, '@type').endsWith('InsertWorkerPayloadRequest'))
      .map((message) => ({ nonce: integerAt(at(message, 'worker_data_bundle'), ['nonce', 'block_height']), height }))
  })
}
