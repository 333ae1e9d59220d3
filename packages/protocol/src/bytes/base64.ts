import { base64 } from '@scure/base'

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes)
}

/** Bytes of a standard base64 text; undefined where it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  return hasSpareBits(text) ? undefined : base64.decode(text)
}

/** True where the last character says more than the bytes hold: it would be a second spelling of them. */
function hasSpareBits(text: string): boolean {
  if (text.endsWith('==')) return !/[AQgw]==$/.test(text)
  return text.endsWith('=') && !/[AEIMQUYcgkosw048]=$/.test(text)
}
