import { describe, expect, it } from 'vitest'
import { readWhole } from './readWhole.ts'

describe('readWhole', () => {
  it('reads digits', () => {
    expect(readWhole('-12')).toBe(-12n)
    expect(readWhole('000340282366920938463463374607431768211456')).toBe(2n ** 128n)
  })

  it.each(['', ' 1', '0x10', '1n', '1.0', '--1', '9'.repeat(97)])('DET-09 throws on %j', (text) => {
    expect(() => readWhole(text)).toThrow('stored unchecked')
  })
})
