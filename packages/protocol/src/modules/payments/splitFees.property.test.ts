import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByRole } from '../../scoring/settle/settleTypes.ts'
import { splitFees } from './splitFees.ts'

const share = fc.integer({ min: 0, max: 1000 })
const members = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })

/** Shares that sum to 1, or are all 0. */
function sharesOf(weights: readonly number[], name: string): ByRole['inferers'] {
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight, i) => ({ worker: `${name}${i}`, value: sum > 0 ? weight / sum : 0 }))
}

const outcome = fc.record({ inferers: members, forecasters: members, reputers: members }).map((weights) => ({
  status: 'settled' as const,
  fractions: {
    inferers: sharesOf(weights.inferers, 'i'),
    forecasters: sharesOf(weights.forecasters, 'f'),
    reputers: sharesOf(weights.reputers, 'r'),
  },
  split: { inferers: 0.6, forecasters: 0.15, reputers: 0.25 },
}))

/** Burn and validators in thousandths, together at most 1. */
const parts = fc.tuple(share, share).map(([a, b]) => [Math.min(a, 1000 - b), b] as const)

describe('splitFees', () => {
  it('gives away exactly what was earmarked, and never less than nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), parts, outcome, (earmarked, [burn, validate], settled) => {
        const terms = { earmarked, burnShare: `${burn / 1000}`, validatorsShare: `${validate / 1000}` }
        const { burned, validators, payouts, returned } = splitFees(terms, settled)
        const paid = payouts.reduce((sum, { amount }) => sum + amount, 0n)
        expect(burned + validators + paid + returned).toBe(earmarked)
        expect(burned).toBe((earmarked * BigInt(burn)) / 1000n)
        expect(validators).toBe((earmarked * BigInt(validate)) / 1000n)
        expect(payouts.every(({ amount }) => amount > 0n) && returned >= 0n).toBe(true)
      }),
    )
  })

  it('leaves the part of a class in escrow whose shares are all 0', () => {
    const fractions = { inferers: [{ worker: 'a', value: 0 }], forecasters: [], reputers: [{ worker: 'r', value: 1 }] }
    const split = { inferers: 0.5, forecasters: 0.25, reputers: 0.25 }
    const terms = { earmarked: 1000n, burnShare: '0.2', validatorsShare: '0.1' }
    expect(splitFees(terms, { status: 'settled', fractions, split })).toEqual({
      ...{ burned: 200n, validators: 100n, returned: 525n },
      payouts: [{ address: 'r', role: 'reputer', amount: 175n }],
    })
  })

  it.each(['void', 'contested'] as const)('leaves all of it where the epoch is %s', (status) => {
    const nobody = { inferers: [], forecasters: [], reputers: [] }
    const none = { inferers: 0, forecasters: 0, reputers: 0 }
    const terms = { earmarked: 999n, burnShare: '0.2', validatorsShare: '0.1' }
    expect(splitFees(terms, { status, fractions: nobody, split: none })).toEqual({
      ...{ burned: 0n, validators: 0n, payouts: [], returned: 999n },
    })
  })
})
