import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { StoreError } from './storeError.ts'
import { hashBytes } from './tree/hashBytes.ts'

/** Bytes of a frame before its content: the content's length, then the chained hash. */
const HEAD_BYTES = 36
const MAX_FRAME_BYTES = 1 << 28

/** The error for an exported state whose bytes are not what was written. */
export function damagedExport(found: string): StoreError {
  return new StoreError('DAMAGED', `the exported state is damaged: ${found}; nothing was taken in: get the file again`)
}

/** Writes content in frames: u32 length, SHA-256 over the hash of the frame before and the content, content; an empty one ends it. */
export function createFrameWriter(write: (chunk: Uint8Array) => void): (content: Uint8Array) => void {
  let chain = new Uint8Array(32)
  return (content) => {
    chain = new Uint8Array(hashBytes(concatBytes(chain, content)))
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, content.length)
    write(concatBytes(length, chain, content))
  }
}

/** Reads such frames from a stream cut anyhow. */
export class FrameReader {
  private readonly chunks: Iterator<Uint8Array>
  private buffered: Uint8Array = new Uint8Array(0)
  private chain: Uint8Array = new Uint8Array(32)

  constructor(chunks: Iterable<Uint8Array>) {
    this.chunks = chunks[Symbol.iterator]()
  }

  /** The next frame's content. */
  next(): Uint8Array {
    const head = this.take(HEAD_BYTES)
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0)
    if (length > MAX_FRAME_BYTES) throw damagedExport(`a part of ${length} bytes is longer than any that is written`)
    const content = this.take(length)
    this.chain = hashBytes(concatBytes(this.chain, content))
    if (!equalBytes(this.chain, head.subarray(4))) throw damagedExport('the checksum of a part is wrong')
    return content
  }

  /** Checks that the closing frame comes and nothing after it. */
  end(): void {
    if (this.next().length > 0) throw damagedExport('it holds more than its header says')
    if (this.buffered.length > 0 || this.pull()) throw damagedExport('bytes follow its end')
  }

  private take(length: number): Uint8Array {
    while (this.buffered.length < length) {
      if (!this.pull()) throw damagedExport('it ends too early')
    }
    const part = this.buffered.subarray(0, length)
    this.buffered = this.buffered.subarray(length)
    return part
  }

  /** Takes in one more chunk that has bytes; false at the stream's end. */
  private pull(): boolean {
    for (let next = this.chunks.next(); !next.done; next = this.chunks.next()) {
      if (next.value.length === 0) continue
      this.buffered = this.buffered.length === 0 ? next.value.slice() : concatBytes(this.buffered, next.value)
      return true
    }
    return false
  }
}
