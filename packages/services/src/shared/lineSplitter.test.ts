import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLineSplitter } from './lineSplitter.ts'

function split(chunks: readonly Uint8Array[], limit: number): { lines: string[]; tooLong: string[] } {
  const lines: string[] = []
  const tooLong: string[] = []
  const splitter = createLineSplitter(
    limit,
    (line) => lines.push(line),
    (start) => tooLong.push(start),
  )
  for (const chunk of chunks) splitter.write(chunk)
  return { lines, tooLong }
}

it('gives the same lines however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 7 }), (texts, size) => {
      const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''))
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      const expected = bytes.toString().split('\n').slice(0, -1)
      expect(split(chunks, 1_000).lines).toEqual(expected.map((line) => line.replace(/\r$/, '')))
    }),
  )
})

it('tells once of a line that is too long, and goes on after it', () => {
  const chunks = ['ab', 'cdef', 'ghi\nxy\r\nrest'].map((text) => Buffer.from(text))
  expect(split(chunks, 5)).toEqual({ lines: ['xy'], tooLong: ['abcdef'] })
})
