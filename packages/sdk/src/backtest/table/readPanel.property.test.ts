import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inPieces } from '../testing/readText.ts'
import { readPanel } from './readPanel.ts'

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.integer({ min: -1e6, max: 1e6 }),
  fc.constant(Number.NaN),
)
const name = fc
  .string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'abcXYZ ,;"\n\'é_-|') })
  .map((text) => `m${text}`.trim())
const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.uniqueArray(name, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(number, { minLength: width + 1, maxLength: width + 1 }), { minLength: 1, maxLength: 12 }),
  }),
)
const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  feed: fc.constantFrom('\n', '\r\n'),
  isQuoted: fc.boolean(),
  hasMark: fc.boolean(),
  absent: fc.constantFrom('', 'NA', 'NaN', 'null', '#N/A'),
  blanks: fc.integer({ min: 0, max: 3 }),
  piece: fc.integer({ min: 1, max: 50 }),
})

it('reads back what was written, in any dialect and in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(table, dialect, async ({ names, rows }, how) => {
      const quote = (text: string): string =>
        how.isQuoted || /[",;\t|\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
      const show = (value: number): string => (Number.isNaN(value) ? how.absent : String(value))
      const lines = [['truth', ...names], ...rows.map((row) => row.map(show))]
      const body = lines.map((cells) => cells.map(quote).join(how.delimiter)).join(how.feed)
      const text = `${how.hasMark ? '\uFEFF' : ''}${body}${how.feed.repeat(how.blanks)}`
      // Rows without any cell are blank lines at the end of a file.
      const last = rows.findLastIndex((row) => how.absent !== '' || row.some((value) => !Number.isNaN(value)))
      fc.pre(last >= 0)
      const kept = rows.slice(0, last + 1)
      const panel = await readPanel('t.csv', inPieces(text, how.piece))
      expect(panel.models).toEqual(names)
      expect([...panel.truth]).toEqual(kept.map(([truth]) => truth))
      for (const [model, column] of panel.values.entries()) {
        expect([...column]).toEqual(kept.map((row) => row[model + 1]))
      }
    }),
    { numRuns: 300 },
  )
})

it('never reads noise as anything but a panel or a refusal in a sentence', async () => {
  const noise = fc.string({ unit: fc.constantFrom(...'12,.;"\n\r\t eE-+Nay@#'), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(noise, fc.integer({ min: 1, max: 9 }), async (text, piece) => {
      const read = readPanel('t.csv', inPieces(`truth,a\n${text}`, piece)).catch((error: unknown) => error)
      const got = await read
      if (got instanceof Error) expect(got.message).toMatch(/^t\.csv(, line \d+)?(, column "[^"]+")?: .+\.$/s)
      else expect(got).toMatchObject({ models: ['a'] })
    }),
    { numRuns: 500 },
  )
})
