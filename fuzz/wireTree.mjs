// Protobuf's wire format as a tree that can be changed anywhere, without a schema: lists of
// { number, type, value } for varints and fixed fields, { number, type: 2, bytes } or { number, type: 2, inner }.

const MAX_DEPTH = 12

/** The fields of a message, or undefined where the bytes are none. */
export function parseFields(bytes, depth = 0) {
  const fields = []
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) return undefined
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    return undefined
  }
  while (at < bytes.length) {
    const tag = varint()
    if (tag === undefined || tag < 8n || tag >> 32n > 0n) return undefined
    const [number, type] = [Number(tag >> 3n), Number(tag & 7n)]
    if (type === 0) {
      const value = varint()
      if (value === undefined) return undefined
      fields.push({ number, type, value })
    } else if (type === 1 || type === 2 || type === 5) {
      const size = type === 2 ? varint() : type === 1 ? 8n : 4n
      if (size === undefined || size > BigInt(bytes.length - at)) return undefined
      const content = bytes.subarray(at, at + Number(size))
      at += Number(size)
      const inner = type === 2 && content.length > 1 && depth < MAX_DEPTH ? parseFields(content, depth + 1) : undefined
      fields.push(inner === undefined ? { number, type, bytes: content } : { number, type, inner })
    } else return undefined
  }
  return fields
}

/** The bytes of fields; `pad` makes a varint and `longer` a promised length that much longer than it need be. */
export function formatFields(fields) {
  const parts = []
  for (const field of fields) {
    parts.push(formatVarint((BigInt(field.number) << 3n) | BigInt(field.type)))
    if (field.type === 0) parts.push(formatVarint(field.value, field.pad))
    else {
      const content = field.inner === undefined ? field.bytes : formatFields(field.inner)
      if (field.type === 2)
        parts.push(formatVarint(BigInt(Math.max(0, content.length + (field.longer ?? 0))), field.pad))
      parts.push(content)
    }
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** A varint, with `pad` bytes more than needed. */
export function formatVarint(value, pad = 0) {
  const bytes = []
  let rest = BigInt.asUintN(64, value)
  do {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  } while (rest > 0n)
  for (let i = 0; i < pad; i += 1) bytes.push(0x80)
  bytes[bytes.length - 1] &= 0x7f
  return Uint8Array.from(bytes)
}
