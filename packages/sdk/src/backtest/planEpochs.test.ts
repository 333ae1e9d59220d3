import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flagCases, planEpochs } from './planEpochs.ts'
import { backtestOf, panelOf } from './testing/readText.ts'

type Vector = {
  readonly name: string
  readonly loss: 'squared' | 'absolute'
  readonly csv: string
  readonly events: readonly (readonly ['learn' | 'answer', readonly number[]])[]
  readonly answers: { readonly mean: readonly number[]; readonly median: readonly number[] }
  readonly losses: { readonly mean: number; readonly median: number }
}

const file = new URL('../../../../vectors/backtest/panels.json', import.meta.url)
const { cases }: { readonly cases: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'))

describe.each(cases)('pieces of $name', ({ csv, loss, events, answers, losses }) => {
  it('are learnt and answered in the order of the reference engine', async () => {
    const panel = await panelOf(csv)
    const { epochs } = planEpochs(panel, flagCases(panel))
    const planned = epochs.flatMap((epoch) => [
      ...epoch.lessons.map((group) => ['learn', group] as const),
      ['answer', epoch.cases] as const,
    ])
    expect(planned).toEqual(events)
  })

  it('give its answers and losses for mean and median within 1e-9', async () => {
    const { report, replayed } = await backtestOf(csv, { loss: { loss }, synthesis: 'regret' })
    for (const synthesis of ['mean', 'median'] as const) {
      const values = replayed.played.find((one) => one.synthesis === synthesis)?.values ?? []
      for (const [i, expected] of answers[synthesis].entries()) {
        expect(Math.abs((values[i] ?? 0) - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)))
      }
      expect(Math.abs((report.loss[synthesis] ?? 0) - losses[synthesis])).toBeLessThan(1e-9)
    }
  })
})
