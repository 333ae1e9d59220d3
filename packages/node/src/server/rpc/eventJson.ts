import type { BusEvent } from '../../engine/local/eventBus.ts'
import { blockIdJson, blockJson, headerJson } from '../blocks/blockJson.ts'
import { rpcStyle } from './blockMethods.ts'
import { eventsJson, txResultJson } from './resultJson.ts'

/** PERF: an event is printed once, however many subscribers it has. */
const printed = new WeakMap<BusEvent, string>()

/** The members `data` and `events` of a subscription's frame, as JSON text without braces. */
export function eventMembers(event: BusEvent): string {
  const known = printed.get(event)
  if (known !== undefined) return known
  const data = { type: `tendermint/event/${event.type}`, value: payloadOf(event) }
  const text = `"data":${JSON.stringify(data)},"events":${JSON.stringify(Object.fromEntries(event.events))}`
  printed.set(event, text)
  return text
}

function payloadOf(event: BusEvent): object {
  if (event.type === 'Tx') {
    const { height, index, tx, result } = event.tx
    const bytes = Buffer.from(tx).toString('base64')
    return { TxResult: { height: String(height), index, tx: bytes, result: txResultJson(result) } }
  }
  const { header, txs, results } = event.block
  if (event.type === 'NewBlockHeader') return { header: headerJson(rpcStyle, header) }
  const events = eventsJson(results.events)
  if (event.type === 'NewBlockEvents') {
    return { height: String(header.height), events, num_txs: String(txs.length) }
  }
  return {
    block: blockJson(rpcStyle, event.block),
    block_id: blockIdJson(rpcStyle, event.block),
    result_finalize_block: {
      events,
      tx_results: results.txResults.map(txResultJson),
      validator_updates: null,
      consensus_param_updates: null,
      app_hash: Buffer.from(results.appHash).toString('base64'),
    },
  }
}
