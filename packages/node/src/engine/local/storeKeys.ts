import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { sha256, u32, u64 } from './bytes.ts'
import type { KeyRange } from './orderedKv.ts'

/** Where a transaction stands in the chain. */
export type TxLocation = { readonly height: bigint; readonly index: number }

/** Heights from `from` to `to`, both included. */
export type HeightRange = { readonly from: bigint; readonly to: bigint }

const MAX_HEIGHT = (1n << 63n) - 1n
const MAX_TEXT = 96
const KEPT_TEXT = 32

const place = ({ height, index }: TxLocation): Uint8Array => concatBytes(u64(height), u32(index))
const span = (prefix: Uint8Array, { from, to }: HeightRange): KeyRange => ({
  start: concatBytes(prefix, u64(from)),
  end: concatBytes(prefix, u64((to > MAX_HEIGHT ? MAX_HEIGHT : to) + 1n)),
})

/** Length, then text; a text too long for a key is cut and ends in its hash, with the length's top bit set. */
function bounded(text: string): Uint8Array {
  const bytes = toUtf8(text)
  if (bytes.length <= MAX_TEXT) return concatBytes(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes)
  const short = concatBytes(bytes.subarray(0, KEPT_TEXT), sha256(bytes))
  return concatBytes(Uint8Array.of(0x80 | (short.length >> 8), short.length & 0xff), short)
}

/** The attribute's name stands in the key as 8 bytes of its hash: there are few names and many entries. */
const NAME_BYTES = 8
const MAX_NAMES = 10_000
const prefixes = new Map<string, Uint8Array>()

function attribute(key: string): Uint8Array {
  const known = prefixes.get(key)
  if (known !== undefined) return known
  const prefix = concatBytes(toUtf8('e'), sha256(toUtf8(key)).subarray(0, NAME_BYTES))
  if (prefixes.size < MAX_NAMES) prefixes.set(key, prefix)
  return prefix
}

/** The block store's keys. Numbers are big-endian, so that byte order is chain order. */
export const storeKeys: {
  readonly meta: Uint8Array
  readonly block: (height: bigint) => Uint8Array
  readonly blockHash: (hash: Uint8Array) => Uint8Array
  readonly tx: (location: TxLocation) => Uint8Array
  readonly txs: (heights: HeightRange) => KeyRange
  readonly txHash: (hash: string) => Uint8Array
  /** Leads to the places, within the block, of the transactions with such an attribute. */
  readonly event: (key: string, value: string, height: bigint) => Uint8Array
  readonly eventsWithValue: (key: string, value: string, heights: HeightRange) => KeyRange
  readonly eventsWithKey: (key: string) => KeyRange
  readonly locationOf: (key: Uint8Array) => TxLocation
  /** Height at the end of an event's key. */
  readonly heightOf: (key: Uint8Array) => bigint
} = {
  meta: toUtf8('m'),
  block: (height) => concatBytes(toUtf8('b'), u64(height)),
  blockHash: (hash) => concatBytes(toUtf8('h'), hash),
  tx: (location) => concatBytes(toUtf8('t'), place(location)),
  txs: (heights) => span(toUtf8('t'), heights),
  txHash: (hash) => concatBytes(toUtf8('x'), toUtf8(hash.toUpperCase())),
  event: (key, value, height) => concatBytes(attribute(key), bounded(value), u64(height)),
  eventsWithValue: (key, value, heights) => span(concatBytes(attribute(key), bounded(value)), heights),
  // No length starts with 0xff, so this end is behind every value.
  eventsWithKey: (key) => ({ start: attribute(key), end: concatBytes(attribute(key), Uint8Array.of(0xff)) }),
  locationOf(key) {
    const tail = Buffer.from(key.subarray(key.length - 12))
    return { height: tail.readBigUInt64BE(0), index: tail.readUInt32BE(8) }
  },
  heightOf: (key) => Buffer.from(key.subarray(key.length - 8)).readBigUInt64BE(0),
}
