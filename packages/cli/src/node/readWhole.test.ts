import { describe, expect, it } from 'vitest'
import { CliError } from '../cliError.ts'
import { readWhole } from './readWhole.ts'

describe('a whole number of a flag', () => {
  it.each(['0', '7', '65535', '007'])('is taken as %s', (text) => {
    expect(readWhole('--rest-port', text, 0, 65_535)).toBe(Number(text))
  })

  it.each(['', ' 1', '-1', '1.5', '1e3', '0x10', '65536', '9999999999', 'NaN', 'x'])('is refused as "%s"', (text) => {
    expect(() => readWhole('--rest-port', text, 0, 65_535)).toThrow(
      new CliError(2, `--rest-port must be a whole number from 0 to 65535, got "${text}".`),
    )
  })

  it('has a least value', () => {
    expect(() => readWhole('--block-time', '9', 10, 600_000)).toThrow(/from 10 to 600000, got "9"/)
  })
})
