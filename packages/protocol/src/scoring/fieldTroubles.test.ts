import { describe, expect, it } from 'vitest'
import { defaultScoringParams } from './defaultScoringParams.ts'
import { emptyScoringState } from './emptyScoringState.ts'
import type { SettleOutcome } from './settle/settleTypes.ts'
import { settleEpoch } from './settleEpoch.ts'
import { numberPolicy } from './testing/numberPolicy.ts'

/** Settles one epoch after the other, each with the state that the one before left. */
function settleAll(
  rows: readonly { readonly truth: number; readonly predictions: Readonly<Record<string, number>> }[],
): readonly SettleOutcome[] {
  let state = emptyScoringState()
  return rows.map(({ truth, predictions }, i) => {
    const outcome = settleEpoch({
      topic: { id: 1, policy: { ...numberPolicy, minReputers: 1 }, params: defaultScoringParams },
      nonce: i + 1,
      prior: state,
      priorUpdate: state,
      inferences: Object.entries(predictions).map(([worker, value]) => ({ worker, values: [value] })),
      forecasts: [],
      reputers: [{ address: 'r', stake: 10n, value: truth }],
      reward: 1000n,
    })
    state = outcome.state
    return outcome
  })
}

/** Mean raw loss of a worker over the epochs it took part in. */
function meanLoss(outcomes: readonly SettleOutcome[], who: string): number {
  const losses = outcomes.flatMap(({ losses: all }) => all?.raw.inferers.filter(({ worker }) => worker === who) ?? [])
  return losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length
}

describe('FL-27 a constant member', () => {
  const truths = [50, 52, 49, 53, 51, 48, 50, 54]
  const active = [51, 51, 50, 52, 52, 49, 49, 53]
  const outcomes = settleAll(truths.map((truth, i) => ({ truth, predictions: { active: active[i] ?? 0, const: 50 } })))

  it('leaves every weight finite, and the answer between the members', () => {
    for (const { network } of outcomes) {
      const weights = network?.weights.map(({ weight }) => weight) ?? []
      const sum = weights.reduce((total, weight) => total + weight, 0)
      expect(weights.every((weight) => Number.isFinite(weight) && weight >= 0)).toBe(true)
      expect(sum).toBeGreaterThan(0)
      const combined = network?.combined[0] ?? 0
      expect(combined).toBeGreaterThanOrEqual(49)
      expect(combined).toBeLessThanOrEqual(53)
    }
  })

  it('has the losses of the field: active 1, const 4.375', () => {
    expect(meanLoss(outcomes, 'active')).toBe(1)
    expect(meanLoss(outcomes, 'const')).toBe(4.375)
  })

  it('fills no row with the one before', () => {
    const combined = outcomes.map(({ network }) => network?.combined[0])
    expect(combined.slice(1).some((value, i) => value === combined[i])).toBe(false)
  })
})

describe('FL-11 a worker whose value is not a number', () => {
  const rows = [
    { truth: 10, predictions: { m1: 11, m2: 11, m3: 12 } },
    { truth: 11, predictions: { m1: Number.NaN, m2: 12, m3: 13 } },
    { truth: 12, predictions: { m1: 13, m2: 14, m3: 14 } },
  ]

  it('misses that epoch alone, and nobody else is touched', () => {
    const outcomes = settleAll(rows)
    const without = settleAll(
      rows.map(({ truth, predictions: { m1, ...others } }) => {
        return { truth, predictions: Number.isNaN(m1) ? others : { m1: m1 ?? 0, ...others } }
      }),
    )
    expect(outcomes[1]?.skipped).toMatchObject([{ who: 'm1', field: 'values' }])
    expect(outcomes.map(({ network, losses, state, rewards }) => ({ network, losses, state, rewards }))).toEqual(
      without.map(({ network, losses, state, rewards }) => ({ network, losses, state, rewards })),
    )
    expect(JSON.stringify(outcomes[2]?.state)).not.toContain('null,null')
  })
})
