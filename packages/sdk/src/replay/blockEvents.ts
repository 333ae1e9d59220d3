import type { Rpc } from '../http/createRpc.ts'
import { at, listAt, textAt } from '../http/json.ts'

/** One event of a block: attribute values as they stand there. */
export type BlockEvent = { readonly type: string; readonly attributes: Readonly<Record<string, string>> }

/** What a block's hooks emitted, and its transactions after them; all of a block's coin movements are in both. */
export type BlockEvents = { readonly hooks: readonly BlockEvent[]; readonly txs: readonly BlockEvent[] }

/** Reads the events of a block. */
export async function readBlockEvents(rpc: Rpc, height: bigint): Promise<BlockEvents> {
  const results = await rpc.call('block_results', { height: height.toString() })
  return {
    hooks: listAt(results, 'finalize_block_events').map(toEvent),
    txs: listAt(results, 'txs_results').flatMap((tx) => listAt(tx, 'events').map(toEvent)),
  }
}

/** Coins of a `transfer`, `coin_spent` or `coin_received` in uallo. */
export function coinsIn({ attributes }: BlockEvent): bigint {
  const [, digits] = /^([0-9]+)uallo$/.exec(attributes.amount ?? '') ?? []
  return BigInt(digits ?? '0')
}

function toEvent(event: unknown): BlockEvent {
  const attributes = listAt(event, 'attributes').map((attribute): readonly [string, string] => {
    const value = at(attribute, 'value')
    return [textAt(attribute, 'key'), typeof value === 'string' ? value : '']
  })
  return { type: textAt(event, 'type'), attributes: Object.fromEntries(attributes) }
}
