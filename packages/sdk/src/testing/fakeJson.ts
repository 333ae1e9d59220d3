import type { ChainEvent, LandedTx } from '../types.ts'
import type { FakeBlock } from './fakeChain.ts'

/** Events in the JSON of CometBFT. */
export function eventsJson(events: readonly ChainEvent[]): readonly object[] {
  return events.map(({ type, attributes }) => ({
    type,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value, index: true })),
  }))
}

/** A transaction in the JSON of the tx service. */
export function txResponseJson({ hash, height, code, codespace, log, gasUsed, events }: LandedTx): object {
  const facts = { height: String(height), gas_used: String(gasUsed), events: eventsJson(events) }
  return { txhash: hash, code, codespace, raw_log: log, ...facts }
}

/** A transaction in the JSON of a `Tx` event; empty fields are left out, as CometBFT does. */
export function txEventJson({ height, code, codespace, log, gasUsed, events }: LandedTx): object {
  const refusal = code === 0 ? {} : { code, codespace, log }
  return {
    height: String(height),
    tx: '',
    result: { ...refusal, gas_used: String(gasUsed), events: eventsJson(events) },
  }
}

/** A block in the JSON of `block_results`. */
export function blockResultsJson({ height, events }: FakeBlock): object {
  return { height: String(height), txs_results: null, finalize_block_events: eventsJson(events) }
}
