/** A stream of bytes that holds no frames; what comes after it cannot be read either. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

/** Takes a stream apart into its frames, each an unsigned varint length and so many bytes. */
export type FrameReader = {
  /** The frames that end in this chunk; they may be views of it. Throws a `FrameError` where the stream is no frames. */
  push(chunk: Uint8Array): readonly Uint8Array[]
}

/** A length of more bytes is beyond every limit. */
const MOST_LENGTH_BYTES = 5

/** A reader of frames of at most `maxBytes`. Nothing is reserved for bytes that have only been announced. */
export function createFrameReader(maxBytes: number): FrameReader {
  let length = 0
  let lengthBytes = 0
  let inBody = false
  let parts: Uint8Array[] = []
  let missing = 0

  const readLength = (byte: number): void => {
    length += (byte & 0x7f) * 2 ** (7 * lengthBytes)
    lengthBytes += 1
    if (length > maxBytes || (byte >= 0x80 && lengthBytes === MOST_LENGTH_BYTES)) {
      throw new FrameError(
        `a frame of more than ${maxBytes} bytes was announced; the other side must send smaller ones`,
      )
    }
    if (byte >= 0x80) return
    inBody = true
    missing = length
  }
  const takeFrame = (last: Uint8Array): Uint8Array => {
    const frame = parts.length === 0 ? last : Buffer.concat([...parts, last], length)
    length = 0
    lengthBytes = 0
    inBody = false
    parts = []
    return frame
  }

  return {
    push(chunk) {
      const frames: Uint8Array[] = []
      let at = 0
      while (at < chunk.length || (inBody && missing === 0)) {
        if (!inBody) {
          readLength(chunk[at] ?? 0)
          at += 1
          continue
        }
        const part = chunk.subarray(at, at + missing)
        at += part.length
        missing -= part.length
        if (missing === 0) frames.push(takeFrame(part))
        else parts.push(part)
      }
      return frames
    },
  }
}

/** The length of a frame as it stands before the frame. */
export function frameLength(length: number): Uint8Array {
  const bytes: number[] = []
  let rest = length
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
