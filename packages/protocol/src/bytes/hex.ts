import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Lower-case hexadecimal text of bytes. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** Bytes of a hexadecimal text of either case without 0x; undefined where it is none. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined
  return hexToBytes(text)
}
