import type { Bytes } from '@starling/sdk/backtest/table/decodeTable'
import { Inflate } from 'pako'

/** Window of 32 KiB, in gzip's frame. */
const GZIP = 31

/**
 * Unpacks a gzip file of one member or several, as `gunzip` does; zeros between and behind them are padding. The browser's
 * own decompression ends at the second member. Throws where the file is cut or damaged: each member has its checksum.
 */
export async function* gunzip(packed: Bytes): Bytes {
  const unpacked: Uint8Array[] = []
  const openMember = (): Inflate => {
    const member = new Inflate({ windowBits: GZIP })
    member.onData = (bytes) => unpacked.push(bytes)
    return member
  }
  let member: Inflate | undefined
  for await (const bytes of packed) {
    const rest = member === undefined ? withoutZeros(bytes) : bytes
    if (rest.length === 0) continue
    member ??= openMember()
    member.push(rest)
    if (member.err !== 0) throw new Error(`gzip: ${member.msg}`)
    yield* unpacked.splice(0)
    if (member.ended) member = undefined
  }
  if (member !== undefined) throw new Error('gzip: the file ends too early')
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first === -1 ? bytes.subarray(0, 0) : bytes.subarray(first)
}
