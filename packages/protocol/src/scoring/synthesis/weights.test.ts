import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeRegretScale } from './computeRegretScale.ts'
import { computeWeight } from './computeWeight.ts'
import { computeWeights } from './computeWeights.ts'

const params = { pNorm: 3, cNorm: 0.75, epsilon: 0.01 }

/** Equal to 13 digits, relative. */
function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThan(1e-13)
}

describe('regret scale (math 1.1)', () => {
  it.each([
    [[0.1, 0.2, 0.3], 0.01, 0.15826],
    [[5, 5, 5], 0.01, 0.01],
    [[0, 0.5, 1], 0.1, 0.8413],
    [[0, 0, 0, 100], 0.01, 0.01],
    [[7], 0.02, 0.02],
  ])('of %j with epsilon %d is %d', (regrets, epsilon, expected) => {
    expectClose(computeRegretScale(regrets, epsilon), expected)
  })
})

describe('weights (math 1.3)', () => {
  it.each([
    [-2, -1, 0.8299965984314521],
    [1, 0, 1.859140914229523],
    [2, -1, 6.132891427731616],
    [5, -2, 131.6026739489939],
    [0, 1, 0.5378828427399902],
    [-1, 2, 0.1630552263616172],
    [2, 1, 2.256164671199036],
    [5, 3, 7.086049534658406],
    [10, -10, 22026.465794806718],
  ])('f(%d, %d) = %d', (a, b, expected) => {
    expectClose(computeWeight(a, b), expected)
  })

  it('of the worked example, with and without a stored scale (math 3.9)', () => {
    const own = computeWeights([0.2, 0.1, -0.3, 0.05], 0, params)
    expect(own[0]).toBe(1)
    expect(own[1]).toBeCloseTo(0.59344707657, 10)
    expect(own[2]).toBeCloseTo(0.00006698029, 10)
    expect(own[3]).toBeCloseTo(0.28442448807, 10)
    const stored = computeWeights([0.2, 0.1, -0.3, 0.05], 0.25, params)
    expect(stored[1]).toBeCloseTo(0.48234221278, 10)
    expect(stored[2]).toBeCloseTo(0.00534326327, 10)
    expect(stored[3]).toBeCloseTo(0.29977670755, 10)
  })

  it('AUD-M26 equal regrets weigh 1, the best weighs 1, all are finite in 0…1 and grow with regret', () => {
    expect(computeWeights([3, 3, 3], 0, params)).toEqual([1, 1, 1])
    const regret = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(regret, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (regrets, scale) => {
          const ordered = regrets.toSorted((x, y) => x - y)
          const weights = computeWeights(ordered, scale < 1e-6 ? 0 : scale, params)
          expect(weights.at(-1)).toBeCloseTo(1, 14)
          for (const [i, weight] of weights.entries()) {
            expect(weight).toBeGreaterThanOrEqual(0)
            expect(weight).toBeLessThanOrEqual(1 + 1e-14)
            expect(weight).toBeGreaterThanOrEqual((weights[i - 1] ?? 0) * (1 - 1e-14))
          }
        },
      ),
    )
  })
})
