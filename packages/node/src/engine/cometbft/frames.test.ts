import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameReader, FrameError, frameLength } from './frames.ts'

const bytes = fc.uint8Array({ maxLength: 400 })

/** Cuts a stream at random places. */
function cut(stream: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  let at = 0
  for (let i = 0; at < stream.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1
    chunks.push(stream.subarray(at, at + size))
    at += size
  }
  return chunks
}

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 12 }), sizes, (frames, cuts) => {
        const stream = Buffer.concat(frames.flatMap((frame) => [frameLength(frame.length), frame]))
        const reader = createFrameReader(400)
        const read = cut(stream, cuts).flatMap((chunk) => reader.push(chunk).map((frame) => Array.from(frame)))
        expect(read).toEqual(frames.map((frame) => Array.from(frame)))
      }),
    )
  })

  it('of any bytes are read or refused, and never longer than allowed', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), (chunks) => {
        const reader = createFrameReader(64)
        try {
          for (const chunk of chunks) {
            for (const frame of reader.push(chunk)) expect(frame.length).toBeLessThanOrEqual(64)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
      }),
    )
  })

  it.each([
    ['a length above the limit', Uint8Array.of(0x81, 0x08)],
    ['a length that never ends', Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80)],
    ['a length that would need 64 bits', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f)],
  ])('refuse %s before anything is kept', (_what, stream) => {
    expect(() => createFrameReader(1024).push(stream)).toThrow(/more than 1024 bytes/)
  })

  it('have lengths as protobuf writes them', () => {
    expect([0, 127, 128, 300, 2 ** 31].map((length) => Array.from(frameLength(length)))).toEqual([
      [0],
      [127],
      [128, 1],
      [172, 2],
      [128, 128, 128, 128, 8],
    ])
  })
})
