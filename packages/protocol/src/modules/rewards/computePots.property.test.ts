import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computePots } from './computePots.ts'

describe('SPEC lifecycle 4.1 the pots of the epochs that open in a block', () => {
  const topic = (weight: number, epochLength: bigint) => ({ weight, epochLength })

  it('are each topic’s share by weight of the emission of its epoch', () => {
    const topics = [topic(300, 10n), topic(100, 20n)]
    expect(computePots({ topics, weightSum: 400, blockEmission: 1000n, treasury: 10n ** 9n })).toEqual([7500n, 5000n])
    // A third topic is active and opens none now.
    expect(computePots({ topics, weightSum: 800, blockEmission: 1000n, treasury: 10n ** 9n })).toEqual([3750n, 2500n])
  })

  it('are shares of the treasury by weight × length where it holds less', () => {
    const topics = [topic(300, 10n), topic(100, 30n)]
    expect(computePots({ topics, weightSum: 400, blockEmission: 1000n, treasury: 5001n })).toEqual([2500n, 2500n])
    expect(computePots({ topics: [topic(5, 10n)], weightSum: 5, blockEmission: 1000n, treasury: 77n })).toEqual([77n])
  })

  it('are nothing without treasury, topics, emission or weights', () => {
    const topics = [topic(300, 10n)]
    expect(computePots({ topics, weightSum: 300, blockEmission: 5n, treasury: 0n })).toEqual([0n])
    expect(computePots({ topics, weightSum: 300, blockEmission: 0n, treasury: 5n })).toEqual([0n])
    expect(computePots({ topics, weightSum: 0, blockEmission: 5n, treasury: 5n })).toEqual([0n])
    expect(computePots({ topics: [], weightSum: 0, blockEmission: 5n, treasury: 5n })).toEqual([])
  })

  it('never exceed the treasury, whatever the weights', () => {
    const one = fc.record({
      weight: fc.oneof(fc.double({ min: 1e-300, max: 1e60, noNaN: true }), fc.constantFrom(1e-6, 1, 1e27, 1e54)),
      epochLength: fc.bigInt(1n, 2n ** 32n),
    })
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 64 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.bigInt(0n, 10n ** 27n),
        fc.bigInt(0n, 10n ** 27n),
        (topics, scale, blockEmission, treasury) => {
          const weightSum = topics.reduce((sum, { weight }) => sum + weight, 0) * scale
          const pots = computePots({ topics, weightSum, blockEmission, treasury })
          expect(pots).toHaveLength(topics.length)
          expect(pots.every((pot) => pot >= 0n)).toBe(true)
          expect(pots.reduce((sum, pot) => sum + pot, 0n) <= treasury).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
