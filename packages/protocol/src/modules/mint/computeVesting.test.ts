import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeVesting, type Vesting } from './computeVesting.ts'
import { numericMintParams } from './testing/numericParams.ts'

const params = numericMintParams()
const at = (months: bigint, monthsUnlocked = 0n): Vesting =>
  computeVesting({ params, blocksSinceStart: months * 864_000n, blocksPerMonth: 864_000n, monthsUnlocked })
const whole = at(0n)

/** A fraction in units of 10^-4, half up, as the table prints it. */
const tenThousandths = (part: bigint, of: bigint): bigint => (part * 10_000n * 2n + of) / (of * 2n)

describe('SPEC lifecycle 6.3 vesting', () => {
  it.each([
    [0n, 10_000n, 10_000n],
    [11n, 10_000n, 5_417n],
    [12n, 6_667n, 5_000n],
    [13n, 6_389n, 4_583n],
    [24n, 3_333n, 0n],
    [35n, 278n, 0n],
    [36n, 0n, 0n],
  ])('month %d locks %d of investors and %d of the foundation, in ten thousandths', (month, investors, foundation) => {
    const left = at(month)
    for (const part of ['investors', 'preseed', 'team'] as const) {
      expect(tenThousandths(left[part], whole[part])).toBe(investors)
    }
    expect(tenThousandths(left.foundation, whole.foundation)).toBe(foundation)
  })

  it('starts with the published circulating supply', () => {
    expect(whole.investors).toBe(260_500_000n * 10n ** 18n)
    expect(whole.foundation).toBe(99_450_000n * 10n ** 18n)
    expect(whole.total).toBe((260_500_000n + 50_000_000n + 175_000_000n + 99_450_000n) * 10n ** 18n)
  })

  it('stays within its months', () => {
    expect(at(96n).months).toBe(84n)
    expect(at(0n, 96n).months).toBe(84n)
    expect(at(0n, -1n).months).toBe(0n)
  })

  it('never locks again what is free, and never more than there is', () => {
    const month = fc.bigInt({ min: 0n, max: 100n })
    fc.assert(
      fc.property(month, month, month, (a, b, unlocked) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        const before = at(early, unlocked)
        const after = at(late, unlocked)
        expect(before.months >= unlocked || before.months === 84n).toBe(true)
        for (const part of ['investors', 'preseed', 'team', 'foundation', 'total'] as const) {
          expect(after[part] <= before[part] && after[part] >= 0n && before[part] <= whole[part]).toBe(true)
        }
        expect(after.total).toBe(after.investors + after.preseed + after.team + after.foundation)
      }),
    )
  })

  it('counts whole months of any length', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.bigInt({ min: 0n, max: 83n }),
        fc.nat(),
        (length, m, n) => {
          const blocksSinceStart = m * length + (BigInt(n) % length)
          const { months } = computeVesting({ params, blocksSinceStart, blocksPerMonth: length, monthsUnlocked: 0n })
          expect(months).toBe(m)
        },
      ),
    )
  })
})
