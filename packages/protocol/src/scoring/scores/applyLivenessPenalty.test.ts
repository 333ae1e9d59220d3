import { describe, expect, it } from 'vitest'
import { applyLivenessPenalty } from './applyLivenessPenalty.ts'

describe('SPEC math 10.5 the liveness penalty', () => {
  it('leaves who missed nothing, and who stands where newcomers stand', () => {
    expect(applyLivenessPenalty(3, 1, 0.1, 0)).toBe(3)
    expect(applyLivenessPenalty(1, 1, 0.1, 9)).toBe(1)
    expect(applyLivenessPenalty(3, 1, 0, 9)).toBe(3)
  })

  it.each([1, 2, 3, 7, 64, 1000])('of %d epochs is that of one, as often', (missed) => {
    let score = 3
    for (let i = 0; i < missed; i++) score = 1 + 0.9 * (score - 1)
    expect(applyLivenessPenalty(3, 1, 0.1, missed)).toBeCloseTo(score, 12)
  })

  it('AUD-H8 of billions of epochs takes no longer than that of a few', () => {
    expect(applyLivenessPenalty(1, 0, 1e-9, 4e9)).toBeCloseTo(Math.exp(-4), 6)
    expect(applyLivenessPenalty(1, 0, 0.1, 2 ** 53 - 1)).toBe(0)
    expect(applyLivenessPenalty(-1, 5, 0.5, 2 ** 40)).toBe(5)
  })
})
