import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { type Bytes, decodeTable } from './decodeTable.ts'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* gunzip(packed: Bytes): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of packed) pieces.push(piece)
  yield gunzipSync(Buffer.concat(pieces))
}

async function textOf(bytes: Uint8Array, size = 1e6): Promise<string> {
  let text = ''
  for await (const piece of decodeTable('t.csv', inPieces(bytes, size), gunzip)) text += piece
  return text
}

const TEXT = 'truth,é\n1,2\n'

it('knows gzip by its first bytes, even where they come one by one', async () => {
  for (const size of [1, 2, 1000]) expect(await textOf(gzipSync(TEXT), size)).toBe(TEXT)
  for (const size of [1, 3]) expect(await textOf(Buffer.from(TEXT), size)).toBe(TEXT)
  expect(await textOf(Buffer.from('x'))).toBe('x')
  expect(await textOf(Buffer.alloc(0))).toBe('')
})

it.each([
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 't.csv is UTF-16 text. Save it as UTF-8.'],
  [
    'UTF-16 without one',
    Buffer.from(TEXT, 'utf16le'),
    't.csv holds zero bytes: it is UTF-16 text or no text. Save it as CSV in UTF-8.',
  ],
  ['zero bytes far inside', Buffer.from(`${TEXT}1,\u0000\n`), 't.csv holds zero bytes'],
  [
    'a spreadsheet',
    Buffer.from('PK\u0003\u0004rest'),
    't.csv is a zip file or a spreadsheet. Export the table as CSV.',
  ],
  ['an old spreadsheet', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 't.csv is a spreadsheet. Export the table as CSV.'],
  ['bzip2', Buffer.from('BZh91AY&SY'), 't.csv is packed with bzip2. Unpack it, or pack it with gzip.'],
  ['xz', Buffer.from('fd377a585a00', 'hex'), 't.csv is packed with xz. Unpack it, or pack it with gzip.'],
  ['zstd', Buffer.from('28b52ffd00', 'hex'), 't.csv is packed with zstd. Unpack it, or pack it with gzip.'],
  ['Parquet', Buffer.from('PAR1\u0015\u0004'), 't.csv is a Parquet file. Export the table as CSV.'],
  ['a PDF', Buffer.from('%PDF-1.4\n'), 't.csv is a PDF. Export the table as CSV.'],
  ['Latin-1', Buffer.from(TEXT, 'latin1'), 't.csv is not UTF-8 text. Save it as UTF-8.'],
  ['gzip in gzip', gzipSync(gzipSync(TEXT)), 't.csv is packed twice. Unpack it once.'],
  ['UTF-16 in gzip', gzipSync(Buffer.from(`\uFEFF${TEXT}`, 'utf16le')), 't.csv is UTF-16 text. Save it as UTF-8.'],
])('refuses %s with what to do', async (_, bytes, sentence) => {
  await expect(textOf(bytes)).rejects.toThrow(sentence)
})
