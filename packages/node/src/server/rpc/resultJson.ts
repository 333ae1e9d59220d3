import type { AbciEvent, TxResult } from '../../app/application.ts'
import type { StoredTx } from '../../engine/local/blockStore.ts'

/** Bytes in base64; `null` for none, as CometBFT prints them. */
export function base64OrNull(bytes: Uint8Array): string | null {
  return bytes.length === 0 ? null : Buffer.from(bytes).toString('base64')
}

/** CometBFT's JSON of what a transaction did. */
export function txResultJson(result: TxResult): { readonly [name: string]: unknown } {
  return {
    code: result.code,
    data: base64OrNull(result.data),
    log: result.log,
    info: '',
    gas_wanted: String(result.gasWanted),
    gas_used: String(result.gasUsed),
    events: eventsJson(result.events),
    codespace: result.codespace,
  }
}

/** CometBFT's JSON of a committed transaction, as `tx` and `tx_search` print it. */
export function storedTxJson({ hash, height, index, tx, result }: StoredTx): { readonly [name: string]: unknown } {
  return {
    hash,
    height: String(height),
    index,
    tx_result: txResultJson(result),
    tx: Buffer.from(tx).toString('base64'),
  }
}

/** CometBFT's JSON of events; an attribute without a key is left out, as clients refuse it. */
export function eventsJson(events: readonly AbciEvent[]): readonly AbciEvent[] {
  return events.map(({ type, attributes }) => ({ type, attributes: attributes.filter(({ key }) => key !== '') }))
}
