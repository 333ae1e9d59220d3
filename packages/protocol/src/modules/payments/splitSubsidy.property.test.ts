import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newEdge } from '../../scoring/edge/newEdge.ts'
import { emptyScoringState } from '../../scoring/emptyScoringState.ts'
import { limitReward } from './limitReward.ts'
import { type SubsidyOutcome, splitSubsidy } from './splitSubsidy.ts'
import type { SubsidyTerms } from './subsidyTerms.ts'

const amount = fc.bigInt({ min: 0n, max: 10n ** 27n })
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => `${thousandths / 1000}`)

const terms: fc.Arbitrary<SubsidyTerms> = fc.record({
  factor: share,
  validatorsShare: share,
  allowance: fc.oneof(fc.constant(0n), amount),
  bootstrapLimit: fc.oneof(fc.constant(0n), amount),
  termEnded: fc.boolean(),
  divisor: fc.bigInt({ min: 1n, max: 100n }),
  heldBefore: fc.oneof(fc.constant(0n), amount),
})

/** A settled epoch in which one worker and one reputer earn, and nobody forecast. */
function outcomeOf(reward: bigint, shown: boolean): SubsidyOutcome {
  const edge = shown ? { ...newEdge(), bets: newEdge().bets.map(() => 1000) } : newEdge()
  const verified = { tower: null, contribution: null, calibration: null, edge }
  return {
    status: 'settled',
    fractions: { inferers: [{ worker: 'a', value: 1 }], forecasters: [], reputers: [{ worker: 'r', value: 1 }] },
    split: { inferers: 0.6, forecasters: 0.15, reputers: 0.25 },
    unpaid: reward / 7n,
    state: { ...emptyScoringState(), verified },
  }
}

const sum = (list: readonly { readonly amount: bigint }[]): bigint => list.reduce((all, one) => all + one.amount, 0n)

describe('the subsidy of an epoch', () => {
  it('with the validators’ part is never more than what burned × factor and the allowance', () => {
    fc.assert(
      fc.property(amount, amount, terms, fc.boolean(), (pot, burned, rule, shown) => {
        const reward = limitReward(pot, burned, rule)
        const { validators } = splitSubsidy({ pot, reward }, rule, outcomeOf(reward, shown))
        const minted = reward - reward / 7n + validators
        const scale = 10n ** 18n
        const factor = BigInt(Math.round(Number(rule.factor) * 1000)) * (scale / 1000n)
        expect(minted * scale).toBeLessThanOrEqual(burned * factor + rule.allowance * scale)
        expect(reward).toBeLessThanOrEqual(pot)
      }),
    )
  })

  it('G21 is not more for ten clones of a topic that share its fees', () => {
    const parts = fc.array(amount, { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(amount, parts, share, share, (pot, burns, factor, validatorsShare) => {
        const rule = { factor, validatorsShare, allowance: 0n }
        const clones = burns.reduce((sum, burned) => sum + limitReward(pot, burned, rule), 0n)
        const all = burns.reduce((sum, burned) => sum + burned, 0n)
        expect(clones).toBeLessThanOrEqual(limitReward(10n ** 40n, all, rule))
      }),
    )
  })

  it('gives every uallo of the pot and of the bootstrap one place', () => {
    fc.assert(
      fc.property(amount, amount, terms, fc.boolean(), (pot, burned, rule, shown) => {
        const reward = limitReward(pot, burned, rule)
        const outcome = outcomeOf(reward, shown)
        const split = splitSubsidy({ pot, reward }, rule, outcome)
        expect(reward - outcome.unpaid + split.bootstrap + split.returned).toBe(pot)
        const out = split.releasedValidators + sum(split.payouts) + split.burned + split.held
        expect(out).toBe(rule.heldBefore + split.bootstrap)
        expect(split.bootstrap).toBeLessThanOrEqual(rule.bootstrapLimit)
        const all = [
          split.validators,
          split.bootstrap,
          split.returned,
          split.burned,
          split.held,
          split.releasedValidators,
        ]
        expect(all.every((one) => one >= 0n)).toBe(true)
      }),
    )
  })

  const rule: SubsidyTerms = {
    ...{ factor: '0.5', validatorsShare: '0.25', allowance: 0n, termEnded: false, divisor: 20n },
    ...{ bootstrapLimit: 1000n, heldBefore: 0n },
  }

  it('of 200 burned at factor 0.5 is 75 for contributors and 25 for validators', () => {
    expect(limitReward(10_000n, 200n, rule)).toBe(75n)
    const none = splitSubsidy({ pot: 10_000n, reward: 75n }, rule, { ...outcomeOf(75n, false), unpaid: 0n })
    expect(none).toMatchObject({ validators: 25n, bootstrap: 1000n, returned: 8925n, held: 1000n, payouts: [] })
  })

  it('goes back whole where the epoch is not settled, and what waits goes on waiting', () => {
    const outcome = { ...outcomeOf(75n, true), status: 'contested' as const }
    const split = splitSubsidy({ pot: 100n, reward: 75n }, { ...rule, heldBefore: 9n, termEnded: true }, outcome)
    expect(split).toMatchObject({ validators: 0n, bootstrap: 0n, returned: 100n, held: 9n, burned: 0n, payouts: [] })
  })
})

describe('bootstrap that waits', () => {
  const rule: SubsidyTerms = {
    ...{ factor: '1', validatorsShare: '0.25', allowance: 0n, termEnded: true, divisor: 20n },
    ...{ bootstrapLimit: 0n, heldBefore: 2000n },
  }

  it('is released a twentieth at a time once the edge is shown, by the shares of the epoch, each cut to whole uallo', () => {
    expect(splitSubsidy({ pot: 0n, reward: 0n }, rule, outcomeOf(0n, true))).toMatchObject({
      releasedValidators: 25n,
      payouts: [
        { address: 'r', role: 'reputer', amount: 18n },
        { address: 'a', role: 'inferer', amount: 44n },
      ],
      held: 1913n,
      burned: 0n,
    })
  })

  it('burns at the end of the term where it is not, and before that waits', () => {
    const at = (termEnded: boolean) =>
      splitSubsidy({ pot: 0n, reward: 0n }, { ...rule, termEnded }, outcomeOf(0n, false))
    expect(at(true)).toMatchObject({ burned: 2000n, held: 0n, payouts: [] })
    expect(at(false)).toMatchObject({ burned: 0n, held: 2000n, payouts: [] })
  })
})
