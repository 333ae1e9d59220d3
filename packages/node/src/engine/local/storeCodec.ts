/** Writes a record of plain values, big integers and byte arrays as JSON; `decodeRecord` reads it back. */
export function encodeRecord(record: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(pack(record)), 'utf8'))
}

/** Reads what `encodeRecord` wrote. The caller names the type that it stored under this key. */
export function decodeRecord<T>(bytes: Uint8Array): T {
  return unpack(JSON.parse(Buffer.from(bytes).toString('utf8'))) as T
}

function pack(value: unknown): unknown {
  if (typeof value === 'bigint') return { $n: value.toString() }
  if (value instanceof Uint8Array) return { $b: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(pack)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]))
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack)
  if (typeof value !== 'object' || value === null) return value
  if ('$n' in value) return BigInt(String(value.$n))
  if ('$b' in value) return new Uint8Array(Buffer.from(String(value.$b), 'base64'))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]))
}
