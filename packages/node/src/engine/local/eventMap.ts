import type { AbciEvent } from '../../app/application.ts'
import type { StoredBlock, StoredTx } from './blockStore.ts'

/** `type.attribute` -> its values in order, as queries and subscription frames see events. */
export type EventMap = ReadonlyMap<string, readonly string[]>

/** The events map of a list of events, with the given entries in front. */
export function eventMap(
  events: readonly AbciEvent[],
  extra: readonly (readonly [string, string])[],
  indexedOnly = false,
): EventMap {
  const map = new Map<string, string[]>()
  const add = (key: string, value: string): void => {
    const values = map.get(key)
    if (values === undefined) map.set(key, [value])
    else values.push(value)
  }
  for (const [key, value] of extra) add(key, value)
  for (const { type, attributes } of events) {
    if (type === '') continue
    for (const { key, value, index } of attributes) {
      if (key !== '' && (index || !indexedOnly)) add(`${type}.${key}`, value)
    }
  }
  return map
}

/** The events map of a transaction, with `tm.event`, `tx.hash` and `tx.height`. */
export function txEventMap(tx: StoredTx, indexedOnly = false): EventMap {
  const extra = [
    ['tm.event', 'Tx'],
    ['tx.hash', tx.hash],
    ['tx.height', tx.height.toString()],
  ] as const
  return eventMap(tx.result.events, extra, indexedOnly)
}

/** The events map of a block under one of its event names, with `tm.event` and `block.height`. */
export function blockEventMap(block: StoredBlock, name: string): EventMap {
  const extra = [
    ['tm.event', name],
    ['block.height', block.header.height.toString()],
  ] as const
  return eventMap(block.results.events, extra)
}
