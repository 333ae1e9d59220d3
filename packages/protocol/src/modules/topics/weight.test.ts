import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mainnetParams } from '../../presets/mainnetParams.ts'
import { computeTopicWeight } from './computeTopicWeight.ts'
import { dripRevenue } from './dripRevenue.ts'

const weigh = (stake: bigint, revenue: bigint, previous: number | null = null, epochLength = 720n): number =>
  computeTopicWeight({ stake, revenue, previous, epochLength, params: mainnetParams })

describe('SPEC lifecycle 3.5 the weight of a topic', () => {
  it('is √(stake · revenue), and nothing without either', () => {
    expect(weigh(10_000n, 1n)).toBe(100)
    expect(weigh(9n * 10n ** 20n, 4n * 10n ** 18n)).toBe(6e19)
    expect(weigh(0n, 10n ** 18n)).toBe(0)
    expect(weigh(10n ** 18n, 0n)).toBe(0)
    expect(weigh(10n ** 18n, 0n, 5e17)).toBe(0)
  })

  it.each([
    [60n, 0.000209126],
    [720n, 0.002506624],
    [8640n, 0.02966824],
  ])('moves in an epoch of %s blocks by the share of a week that it is', (epochLength, alpha) => {
    expect(weigh(10_000n, 1n, 0, epochLength) / 100).toBeCloseTo(alpha, 9)
  })

  it('stays a finite number between what it was and what it would be', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 28n),
        fc.bigInt(1n, 10n ** 28n),
        fc.double({ min: 0, max: 1e40, noNaN: true }),
        fc.bigInt(1n, 2n ** 32n),
        (stake, revenue, previous, epochLength) => {
          const weight = weigh(stake, revenue, previous, epochLength)
          const target = weigh(stake, revenue)
          expect(Number.isFinite(weight)).toBe(true)
          expect(weight).toBeGreaterThanOrEqual(Math.min(previous, target) * (1 - 1e-12))
          expect(weight).toBeLessThanOrEqual(Math.max(previous, target) * (1 + 1e-12))
        },
      ),
    )
  })
})

describe('SPEC lifecycle 3.6 the drip', () => {
  it('takes an epoch’s share of a week and leaves a truncated rest', () => {
    // 864,000 blocks a month / 4.345 = 198,849.25… blocks a week.
    expect(dripRevenue(10n ** 18n, 720n, 864_000n)).toBe(996_379_166_666_666_666n)
    expect(dripRevenue(1n, 1n, 864_000n)).toBe(0n)
    expect(dripRevenue(10n ** 18n, 198_849n, 864_000n)).toBe(1_267_361_111_111n)
    expect(dripRevenue(10n ** 18n, 198_850n, 864_000n)).toBe(0n)
    expect(dripRevenue(0n, 5n, 1n)).toBe(0n)
  })

  it('never brings back what is gone', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 78n),
        fc.bigInt(1n, 2n ** 32n),
        fc.bigInt(1n, 2n ** 40n),
        (revenue, e, month) => {
          const rest = dripRevenue(revenue, e, month)
          expect(rest >= 0n && rest <= revenue).toBe(true)
          if (revenue > 0n) expect(rest < revenue).toBe(true)
        },
      ),
    )
  })
})
