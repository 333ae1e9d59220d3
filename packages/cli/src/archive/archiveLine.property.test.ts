import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ArchivedRecord, formatArchiveLine, parseArchiveLine } from './archiveLine.ts'

const whole = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })
const records: fc.Arbitrary<ArchivedRecord> = fc.record({
  chainId: fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' }),
  topicId: whole,
  nonce: whole,
  previousNonce: whole,
  bytes: fc.uint8Array({ maxLength: 300 }),
})

describe('SPEC GR-3 a line of an archive', () => {
  it('is one line, and says what was written', () => {
    fc.assert(
      fc.property(records, (record) => {
        const line = formatArchiveLine(record)
        expect(line).not.toContain('\n')
        expect(parseArchiveLine(line)).toEqual({ record, damaged: false })
      }),
    )
  })

  it('is known as damaged whatever byte of it is changed to whatever, cut off or put in', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat({ max: 255 }), fc.constantFrom(0, 1), fc.boolean(), (...given) => {
        const [record, at, byte, cut, put] = given
        const bytes = Buffer.from(formatArchiveLine(record))
        const i = at % bytes.length
        const changed = Buffer.concat([
          bytes.subarray(0, i),
          Buffer.of(...(put ? [byte] : [])),
          bytes.subarray(i + cut),
        ])
        fc.pre(!changed.equals(bytes))
        expect(parseArchiveLine(changed.toString('utf8')).damaged).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('that was changed inside the record still says one, so that its wrong fields can be named', () => {
    const record = { chainId: 'x', topicId: 1n, nonce: 5n, previousNonce: 0n, bytes: Uint8Array.of(1, 2, 3) }
    const line = formatArchiveLine(record)
    expect(parseArchiveLine(line.replace('"AQID"', '"AQIE"'))).toEqual({
      record: { ...record, bytes: Uint8Array.of(1, 2, 4) },
      damaged: true,
    })
    for (const text of ['', '{}', 'null', '[1]', '{"chainId":"x"', line.replace('"5"', '"05"'), line.slice(1)]) {
      expect(parseArchiveLine(text)).toEqual({ record: undefined, damaged: true })
    }
  })
})
