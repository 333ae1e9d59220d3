import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { BacktestReport } from './report.ts'
import { backtestOf, panelOf, refusalOf } from './testing/readText.ts'

/** Tables of people who had trouble, rebuilt small; the right answers are in each test. */
const table = (name: string): string => readFileSync(new URL(`testing/field/${name}.csv`, import.meta.url), 'utf8')

async function meanLosses(
  name: string,
): Promise<{ readonly squared: BacktestReport; readonly absolute: BacktestReport }> {
  const squared = await backtestOf(table(name))
  const absolute = await backtestOf(table(name), { loss: { loss: 'absolute' } })
  return { squared: squared.report, absolute: absolute.report }
}

const modelsOf = ({ models }: BacktestReport) => models.map(({ name, rows, loss }) => [name, rows, loss])

describe('tables from the field', () => {
  it('FL-11: one NaN of one model is its absence, and touches nobody else', async () => {
    const { squared, absolute } = await meanLosses('fl11_one_nan')
    expect(squared).toMatchObject({ rows: 4, scored: 4, skipped: {}, absentCells: { empty: 0, spelled: 1 } })
    expect([squared.loss.mean, absolute.loss.mean]).toEqual([expect.closeTo(0.951389, 6), 0.875])
    expect(modelsOf(squared)).toEqual([
      ['m1', 3, 1],
      ['m2', 4, 1.5],
      ['m3', 4, 6.5],
    ])
    const without = await backtestOf(table('fl11_one_nan').replace('NaN', ''))
    expect(modelsOf(without.report)).toEqual(modelsOf(squared))
  })

  it('FL-13: a missing truth is skipped and counted, not filled', async () => {
    const { squared, absolute } = await meanLosses('fl13_truth_gap')
    expect(squared).toMatchObject({ rows: 7, scored: 2, skipped: { 'no truth': 5 }, absentCells: { empty: 0 } })
    expect([squared.loss.mean, absolute.loss.mean]).toEqual([625, 20])
  })

  it('FL-21: every spelling of nothing is nothing, and counted', async () => {
    const { squared, absolute } = await meanLosses('fl21_nan_spellings')
    expect(squared).toMatchObject({ rows: 8, scored: 8, absentCells: { empty: 1, spelled: 6 } })
    expect([squared.loss.mean, absolute.loss.mean]).toEqual([1.40625, 1.0625])
    expect(modelsOf(squared)).toEqual([
      ['m1', 4, 1],
      ['m2', 5, 2],
    ])
  })

  it('FL-21: a model without a single value has no data, no rank and no weight', async () => {
    const { squared } = await meanLosses('fl21b_all_nan_model')
    expect(squared).toMatchObject({ scored: 3, bestModel: 'good' })
    expect(squared.loss).toEqual({
      network: expect.any(Number),
      mean: expect.closeTo(17 / 3, 12),
      median: expect.closeTo(17 / 3, 12),
      bestModel: expect.closeTo(17 / 3, 12),
    })
    expect(squared.models[1]).toEqual({
      name: 'allnan',
      rows: 0,
      loss: null,
      ratio: null,
      ratioLower: null,
      ratioUpper: null,
      weight: 0,
      reward: 0,
      reason: 'no data: not one answer in a scored row',
    })
  })

  it('FL-23: decimal commas between semicolons are numbers', async () => {
    const { squared, absolute } = await meanLosses('fl23_decimal_comma')
    expect(squared.scored).toBe(3)
    expect([squared.loss.mean, absolute.loss.mean]).toEqual([
      expect.closeTo(0.0208333, 7),
      expect.closeTo(0.0833333, 7),
    ])
  })

  it('FL-23: decimal commas between commas are refused by the count of fields', async () => {
    expect(await refusalOf(table('fl23b_decimal_comma_commas'))).toBe(
      't.csv, line 2: 4 fields, but the header has 2. A number with a decimal comma needs quotes, or a semicolon between the cells.',
    )
  })

  it('FL-25: two hours of the same name are two hours', async () => {
    const { squared, absolute } = await meanLosses('fl25_dst')
    expect(squared).toMatchObject({ rows: 5, scored: 5, skipped: {}, notes: [] })
    expect([squared.loss.mean, absolute.loss.mean]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.4, 12)])
  })

  it.each(['tower', 'regret', 'mean', 'median'] as const)(
    'FL-27: a constant model disables nobody (%s)',
    async (synthesis) => {
      const { report, replayed } = await backtestOf(table('fl27_constant'), { synthesis, keepWeights: true })
      expect(report.loss.mean).toBe(2.03125)
      expect(modelsOf(report)).toEqual([
        ['active', 8, 1],
        ['const', 8, 4.375],
      ])
      for (let at = 0; at < 8; at += 1) {
        const weights = replayed.weights.map((column) => column[at] ?? Number.NaN)
        expect(weights.every(Number.isFinite)).toBe(true)
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
      }
    },
  )
})

describe('other tables of the same kinds', () => {
  it('a truth that never changes is said', async () => {
    const { report } = await backtestOf('truth,a,b\n1,1,2\n1,1,3\n1,1,1\n')
    expect(report.notes).toEqual(['the truth never changes'])
    expect(report.models[0]).toMatchObject({
      loss: 0,
      ratio: null,
      reason: 'its loss is 0, and nothing can be divided by it',
    })
  })

  it('rows that no model answered are counted, and the network has no answer there', async () => {
    const { report, replayed } = await backtestOf('truth,a,b\n1,1,2\n1,,\n3,NA,null\n4,4,5\n')
    expect(report).toMatchObject({ rows: 4, scored: 2, skipped: { 'no model': 2 } })
    expect(replayed.played[0]?.values.map((value) => (Number.isNaN(value) ? 0 : 1))).toEqual(
      Float64Array.of(1, 0, 0, 1),
    )
  })

  it('without a row to score the report says so', async () => {
    const { report } = await backtestOf('truth,a\n,1\nNA,2\n')
    expect(report).toMatchObject({ scored: 0, epochs: 0, loss: { network: null, mean: null, bestModel: null } })
    expect(report.notes).toContain('no row could be scored')
  })

  it.each([
    ['log-loss', 'truth,a\n1,0.5\n0,1.2\n', 'line 3, column "a": 1.2 must be a probability from 0 to 1'],
    [
      'log-loss',
      'truth,a\n1,0.5\n0.5,0.2\n',
      'line 3, column "truth": 0.5 is no truth for the loss log-loss, which needs 0 or 1',
    ],
    ['qlike', 'truth,a\n1,0\n', 'line 2, column "a": 0 must be above 0'],
    ['qlike', 'truth,a\n0,1\n', 'line 2, column "truth": 0 is no truth'],
    ['brier', 'scale,truth,a\n2,1,0.5\n', 'line 2, column "scale": brier takes probabilities'],
    ['cross-entropy', 'output,truth,a\nx,x,0.7\ny,x,0.7\n', 'line 2, column "a": 0.7, 0.7 for x, y'],
  ] as const)('%s refuses %j', async (loss, text, sentence) => {
    await expect(
      backtestOf(text, { loss: { loss } }, loss === 'cross-entropy' ? { kind: 'labels' } : {}),
    ).rejects.toThrow(sentence)
  })

  it.each([
    ['pinball', 'truth,a\n1,2\n', 'the table holds number'],
    ['squared', 'output,truth,a\nx,x,1\n', 'the table holds labels'],
  ] as const)('%s does not score %j', async (loss, text, sentence) => {
    await expect(backtestOf(text, { loss: { loss } })).rejects.toThrow(sentence)
  })

  it('rounded probabilities are divided by their sum, and vectors that are not whole are left out, both counted', async () => {
    const text = 'output,truth,a,b\nx,x,0.3333,0.5\ny,x,0.3333,\nz,x,0.3333,0.5\n'
    const { report, panel } = await backtestOf(text)
    expect([...(panel.values[0] ?? [])]).toEqual([
      expect.closeTo(1 / 3, 12),
      expect.closeTo(1 / 3, 12),
      expect.closeTo(1 / 3, 12),
    ])
    expect(report.notes).toContain('1 sets of rounded probabilities were divided by their sum')
    expect(report.notes).toContain('1 answers without a value for every output were left out')
    expect(modelsOf(report)[1]).toEqual(['b', 0, null])
  })

  it('quantiles that do not rise are left out and counted', async () => {
    const { report } = await backtestOf('output,truth,a,b\n0.1,5,1,4\n0.9,5,9,3\n')
    expect(report).toMatchObject({ rows: 2, scored: 2, lossMethod: 'pinball' })
    expect(report.notes).toContain('1 answers with quantiles that do not rise were left out')
  })

  it('a panel keeps the cells of one model apart from those of another whatever their number', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `m${i}`)
    const panel = await panelOf(`truth,${names.join(',')}\n0,${names.map((_, i) => i).join(',')}\n`)
    expect(panel.values.map((column) => column[0])).toEqual(names.map((_, i) => i))
  })
})
