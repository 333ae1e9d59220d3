import { fromBinary, type Message, type MessageShape, toBinary } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import { fromUtf8, toUtf8 } from '@starling/protocol/bytes/utf8'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import { readWhole } from '@starling/protocol/num/readWhole'
import type { Store, StoreReader } from './store.ts'

/** A whole number stored as decimal text; 0 where nothing is stored. */
export function getWhole(store: StoreReader, key: Uint8Array): bigint {
  const bytes = store.get(key)
  return bytes === undefined ? 0n : readWhole(fromUtf8(bytes))
}

/** Stores a whole number as decimal text; 0 is deleted rather than stored. */
export function putWhole(store: Store, key: Uint8Array, value: bigint): void {
  if (value === 0n) store.delete(key)
  else store.put(key, toUtf8(value.toString()))
}

/** A double stored as its shortest decimal text; undefined where nothing is stored. */
export function getNumber(store: StoreReader, key: Uint8Array): number | undefined {
  const bytes = store.get(key)
  return bytes === undefined ? undefined : readDecimal(fromUtf8(bytes))
}

/** Stores a finite double so that reading gives the same double. */
export function putNumber(store: Store, key: Uint8Array, value: number): void {
  if (!Number.isFinite(value)) throw new Error(`${value} would be stored under ${fromUtf8(key)}`)
  store.put(key, toUtf8(formatDecimal(value)))
}

/** A stored message; undefined where nothing is stored. */
export function getMessage<M extends Message>(
  store: StoreReader,
  schema: GenMessage<M>,
  key: Uint8Array,
): MessageShape<GenMessage<M>> | undefined {
  const bytes = store.get(key)
  return bytes === undefined ? undefined : fromBinary(schema, bytes)
}

/** Stores a message. */
export function putMessage<M extends Message>(store: Store, schema: GenMessage<M>, key: Uint8Array, message: M): void {
  store.put(key, toBinary(schema, message))
}

/** Marks a key as present. */
export function putMark(store: Store, key: Uint8Array): void {
  store.put(key, MARK)
}

const MARK = Uint8Array.of(1)

/** The last part of each key below a path, in byte order. */
export function* listLastParts(
  store: StoreReader,
  prefix: Uint8Array,
  options?: { readonly start?: Uint8Array; readonly limit?: number; readonly reverse?: boolean },
): Generator<string> {
  for (const [key] of store.scan(prefix, options)) {
    const path = fromUtf8(key)
    yield path.slice(path.lastIndexOf('/') + 1)
  }
}
