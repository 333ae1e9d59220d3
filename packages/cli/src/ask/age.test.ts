import { describe, expect, it } from 'vitest'
import { checkAge, computeAge, readMaxAge } from './age.ts'

const block = { height: 10n, timeMs: 1_000_000 }

describe('ADV-12 FL-37 the age of an answer', () => {
  it('is that of its own block', () => {
    expect(computeAge(block, 15n, 1_007_500)).toEqual({ blocks: 5, seconds: 7.5 })
    expect(computeAge(block, 10n, 999_700)).toEqual({ blocks: 0, seconds: 0 })
  })

  it('is not known in seconds where the block lies in the future', () => {
    const age = computeAge(block, 12n, 1_000_000 - 3_600_000)
    expect(age).toEqual({ blocks: 2, seconds: null, reason: expect.stringContaining('3600 s in the future') })
    expect(() => checkAge('It', age, readMaxAge('999999s'))).toThrow(/2 blocks old.*not known.*Check the clocks/)
    expect(() => checkAge('It', age, readMaxAge('2'))).not.toThrow()
  })

  it.each([
    ['4', 'It is 5 blocks old; --max-age allows 4.'],
    ['7s', 'It is 7.5 s old (5 blocks); --max-age allows 7 s.'],
  ])('above --max-age %s fails with the age', (limit, sentence) => {
    const age = computeAge(block, 15n, 1_007_500)
    expect(() => checkAge('It', age, readMaxAge(limit))).toThrow(expect.objectContaining({ exitCode: 4 }))
    expect(() => checkAge('It', age, readMaxAge(limit))).toThrow(sentence)
  })

  it.each(['', '-1', '5m', '1.5', 'soon', '1e9', '99999999999'])('refuses --max-age %s', (text) => {
    expect(() => readMaxAge(text)).toThrow('--max-age must be a number of blocks like 10')
  })
})
