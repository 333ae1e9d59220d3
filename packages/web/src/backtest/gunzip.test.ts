import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gunzip } from './gunzip.ts'

async function unpack(packed: Uint8Array, size: number): Promise<string> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < packed.length; at += size) yield packed.subarray(at, at + size)
  }
  const parts: Uint8Array[] = []
  for await (const bytes of gunzip(pieces())) parts.push(bytes.slice())
  return Buffer.concat(parts).toString()
}

it('reads all members, however the file comes in pieces', async () => {
  const texts = fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 200 }), async (members, size) => {
      const packed = Buffer.concat(members.map((text) => gzipSync(text)))
      expect(await unpack(packed, size)).toBe(members.join(''))
    }),
  )
})

it('takes zeros behind members for padding', async () => {
  const padded = Buffer.concat([gzipSync('one,'), gzipSync('two'), Buffer.alloc(600)])
  for (const size of [7, 64, 4096]) expect(await unpack(padded, size)).toBe('one,two')
})

it.each([
  ['is cut', (packed: Buffer) => packed.subarray(0, -3)],
  ['is cut in its second member', (packed: Buffer) => Buffer.concat([packed, packed.subarray(0, 12)])],
  [
    'has another checksum',
    (packed: Buffer) => Buffer.concat([packed.subarray(0, -8), Buffer.alloc(4, 7), packed.subarray(-4)]),
  ],
  ['goes on with something else', (packed: Buffer) => Buffer.concat([packed, Buffer.from('more')])],
])('refuses a file that %s', async (_, damage) => {
  await expect(unpack(damage(gzipSync('a table '.repeat(100))), 16)).rejects.toThrow(/^gzip: /)
})
