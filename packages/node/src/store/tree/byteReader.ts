/** Reads fields of a record in turn; a RangeError where it ends too early. */
export class ByteReader {
  offset = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array, offset: number = 0) {
    this.bytes = bytes
    this.offset = offset
  }

  get isAtEnd(): boolean {
    return this.offset === this.bytes.length
  }

  /** One byte. */
  byte(): number {
    const value = this.bytes[this.offset++]
    if (value === undefined) throw new RangeError('a record ends too early')
    return value
  }

  /** An unsigned varint up to 2^53 − 1. */
  varint(): number {
    let value = 0
    let factor = 1
    for (let i = 0; i < 8; i++) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (!Number.isSafeInteger(value)) break
      if (byte < 128) return value
      factor *= 128
    }
    throw new RangeError('a number of a record is too large')
  }

  /** The next bytes; not a copy. */
  take(length: number): Uint8Array {
    const end = this.offset + length
    if (end > this.bytes.length) throw new RangeError('a record ends too early')
    const part = this.bytes.subarray(this.offset, end)
    this.offset = end
    return part
  }

  /** Bytes after their length as a varint; not a copy. */
  prefixed(): Uint8Array {
    return this.take(this.varint())
  }

  /** All that is left; not a copy. */
  rest(): Uint8Array {
    return this.take(this.bytes.length - this.offset)
  }
}
