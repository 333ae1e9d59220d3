import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { runHere } from './runHere.ts'

const TABLE = 'truth,good,bad\n10,10.5,12\n11,10.5,9\n,11,12\n12,12.5,\n11,11.25,8\n'
const run = (file: Blob, show: Parameters<typeof runHere>[1] = () => {}) =>
  runHere({ name: 't.csv', file, request: { synthesis: 'mean' }, keep: true }, show)

it('reads a table, packed in one member or several or not at all, and replays it', async () => {
  const plain = await run(new Blob([TABLE]))
  expect(plain.report).toMatchObject({
    file: 't.csv',
    rows: 5,
    scored: 4,
    skipped: { 'no truth': 1 },
    bestModel: 'good',
  })
  for (const members of [[TABLE], [TABLE.slice(0, 20), TABLE.slice(20)]]) {
    const packed = await run(new Blob(members.map((text) => gzipSync(text))))
    expect({ ...packed.report, seconds: 0 }).toEqual({ ...plain.report, seconds: 0 })
    expect(packed.replayed.weights).toEqual(plain.replayed.weights)
  }
})

it('says how far it is: bytes, then epochs', async () => {
  const shown: unknown[] = []
  await run(new Blob([TABLE]), (...given) => shown.push(given))
  expect(shown[0]).toEqual(['bytes read', TABLE.length, TABLE.length])
  expect(shown.at(-1)).toEqual(['epochs', 5, 5])
})

it.each([
  [new Blob([gzipSync(TABLE).subarray(0, 40)]), /^t\.csv cannot be read: /],
  [new Blob(['PK\u0003\u0004']), 't.csv is a zip file or a spreadsheet. Export the table as CSV.'],
  [new Blob([new Uint8Array([0xff, 0xfe, 0x41, 0])]), 't.csv is UTF-16 text. Save it as UTF-8.'],
  [new Blob(['truth,a\n1,', new Uint8Array([0xe9])]), 't.csv is not UTF-8 text. Save it as UTF-8.'],
  [new Blob([]), /the file is empty/],
])('refuses what cannot be read', async (file, sentence) => {
  await expect(run(file)).rejects.toThrow(sentence)
})
