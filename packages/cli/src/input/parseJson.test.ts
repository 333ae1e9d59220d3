import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CliError } from '../cliError.ts'
import { parseJson } from './parseJson.ts'

describe('parseJson', () => {
  it('reads what JSON.stringify writes, to the last bit', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseJson(JSON.stringify(value), 'it')).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseJson(JSON.stringify([value]), 'it')).toEqual([value === 0 ? 0 : value])
      }),
    )
  })

  it('leaves alone what stands in texts', () => {
    const text = String.raw`{"NaN": "1e999 \" NaN -Infinity \\", "a\\": ["\\", 1e999]}`
    expect(parseJson(text, 'it')).toEqual({ NaN: '1e999 " NaN -Infinity \\', 'a\\': ['\\', '1e999'] })
  })

  it('hands on as text what a double cannot hold', () => {
    const long = '1'.repeat(30)
    expect(parseJson(`[1e999, -1e999, 1e-400, NaN, -Infinity, ${long}, 0e-400, -0.0, 5e-324, 12]`, 'it')).toEqual([
      '1e999',
      '-1e999',
      '1e-400',
      'NaN',
      '-Infinity',
      long,
      0,
      -0,
      5e-324,
      12,
    ])
  })

  it.each([
    ['', /^it is empty; expected one JSON document\.$/],
    [' \n', /^it is empty/],
    ['{"a": 1', /^it is no JSON: .*\.$/],
    ['{"a": NaN,\n "b": 1e999, c}', /^it is no JSON: .* at line 2, column 14\.$/],
    ['{"a": 1}\n}', /^it is no JSON: Unexpected non-whitespace character after JSON at line 2, column 1\.$/],
    ['{"a": 01}', /^it is no JSON: .* at line 1, column 8\.$/],
    ['[1.2.3]', /^it is no JSON/],
    ['Nope', /^it is no JSON/],
  ])('names the place of a fault in %j', (text, sentence) => {
    expect(() => parseJson(text, 'it')).toThrow(CliError)
    expect(() => parseJson(text, 'it')).toThrow(sentence)
  })

  it('takes a text of ten megabytes in its stride', () => {
    const long = `["${'a\\"'.repeat(3_000_000)}", ${'9'.repeat(1_000_000)}]`
    const [first, second] = parseJson(long, 'it') as readonly string[]
    expect([first?.length, second?.length]).toEqual([6_000_000, 1_000_000])
  })
})
