import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { toUtf8 } from '@starling/protocol/bytes/utf8'

/** What consensus code uses of Node's Buffer, over plain bytes. */
export const Buffer = {
  from(from: string | Uint8Array, encoding = 'utf8'): Uint8Array {
    if (typeof from !== 'string') return from.slice()
    if (encoding === 'utf8') return toUtf8(from)
    if (encoding !== 'latin1') throw new Error(`the portable Buffer reads utf8 and latin1, not ${encoding}`)
    return Uint8Array.from({ length: from.length }, (_, i) => from.charCodeAt(i))
  },
  alloc: (length: number): Uint8Array => new Uint8Array(length),
  allocUnsafe: (length: number): Uint8Array => new Uint8Array(length),
  byteLength: (text: string): number => toUtf8(text).length,
  concat: (parts: readonly Uint8Array[]): Uint8Array => concatBytes(...parts),
  compare: (a: Uint8Array, b: Uint8Array): number => compareBytes(a, b),
}
