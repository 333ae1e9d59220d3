const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this length a loop is faster than a call into the engine; keys and addresses are shorter. */
const SHORT = 200

/** UTF-8 bytes of a text. */
export function toUtf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 127) return encoder.encode(text)
    bytes[i] = unit
  }
  return bytes
}

/** The text of UTF-8 bytes; throws a TypeError on invalid sequences. */
export function fromUtf8(bytes: Uint8Array): string {
  return strictDecoder.decode(bytes)
}
