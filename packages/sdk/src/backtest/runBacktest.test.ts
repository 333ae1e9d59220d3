import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from './metrics/createRandom.ts'
import { runBacktest } from './runBacktest.ts'
import { syntheses } from './synthesis/collective.ts'
import { backtestOf, panelOf } from './testing/readText.ts'

type Row = {
  readonly epoch: number
  readonly available: number
  readonly truth: number
  readonly cells: readonly string[]
}

/** Models that are off by more the later their column, with gaps, several keys an epoch and late truths. */
function makeRows(seed: number, epochs: number, models: number): readonly Row[] {
  const random = createRandom(seed)
  return Array.from({ length: epochs * 2 }, (_, i) => {
    const epoch = Math.floor(i / 2)
    const truth = 10 + Math.sin(epoch / 5) + random()
    const cells = Array.from({ length: models }, (_, m) =>
      random() < 0.15 ? '' : String(truth + (random() - 0.4) * (1 + m)),
    )
    return { epoch, available: epoch + 1 + (i % 3), truth, cells }
  })
}

function toCsv(rows: readonly Row[], models: number, forecasts = false): string {
  const names = Array.from({ length: models }, (_, m) => `m${m}`)
  const beliefs = forecasts ? names.map((name) => `${name}@f`) : []
  const random = createRandom(99)
  const lines = rows.map(({ epoch, available, truth, cells }, i) =>
    [epoch, available, `k${i % 2}`, truth, ...cells, ...beliefs.map((_, m) => m / 3 - random())].join(','),
  )
  return `${[['epoch', 'available', 'key', 'truth', ...names, ...beliefs].join(','), ...lines].join('\n')}\n`
}

describe.each(syntheses)('%s', (synthesis) => {
  it('looks at no truth before it is public: spoiling what comes later moves no earlier answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 12 }), async (seed, at) => {
        const rows = makeRows(seed, 14, 4)
        const spoilt = rows.map((row) => (row.available > at ? { ...row, truth: row.truth * -3 + 17 } : row))
        const [honest, other] = await Promise.all(
          [rows, spoilt].map((one) => backtestOf(toCsv(one, 4, true), { synthesis, keepWeights: true })),
        )
        for (const [i, { epoch }] of rows.entries()) {
          if (epoch > at) continue
          expect(other?.replayed.played[0]?.values[i]).toBe(honest?.replayed.played[0]?.values[i])
          const of = (columns: readonly Float64Array[] | undefined) => (columns ?? []).map((column) => column[i])
          expect(of(other?.replayed.ends)).toEqual(of(honest?.replayed.ends))
          expect(of(other?.replayed.weights)).toEqual(of(honest?.replayed.weights))
        }
      }),
      { numRuns: 5 },
    )
  })

  it('has weights that sum to 1 over who is present, forecasters included', async () => {
    const { replayed } = await backtestOf(toCsv(makeRows(3, 20, 3), 3, true), { synthesis, keepWeights: true })
    for (let i = 0; i < 40; i += 1) {
      const weights = replayed.weights.map((column) => column[i] ?? 0).filter((weight) => !Number.isNaN(weight))
      if (weights.length > 0) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
    }
  })

  it('scales with the unit: errors in units of a scale are the errors of scaled tables', async () => {
    const rows = makeRows(5, 20, 3)
    const scaled = rows.map((row) => ({
      ...row,
      truth: row.truth * 1000,
      cells: row.cells.map((cell) => (cell === '' ? '' : String(Number(cell) * 1000))),
    }))
    const text = toCsv(scaled, 3)
      .split('\n')
      .map((line, i) => (line === '' ? '' : `${i === 0 ? 'scale' : '1000'},${line}`))
      .join('\n')
    const [plain, other] = [await backtestOf(toCsv(rows, 3), { synthesis }), await backtestOf(text, { synthesis })]
    expect(other.report.loss.network).toBeCloseTo(plain.report.loss.network ?? 0, 6)
    expect(other.report.intervals[1]?.meanWidth).toBeCloseTo(plain.report.intervals[1]?.meanWidth ?? 0, 6)
  })
})

it.each(['regret', 'mean', 'median'] as const)('%s answers what all say where all say the same', async (synthesis) => {
  const { replayed } = await backtestOf('truth,a,b,c\n1,5,5,5\n2,6,6,\n3,7,,7\n', { synthesis })
  for (const [i, value] of [5, 6, 7].entries()) expect(replayed.played[0]?.values[i]).toBeCloseTo(value, 9)
})

describe('the report', () => {
  it('accounts for every row, and leaves the warm-up out of every figure', async () => {
    const text = `${toCsv(makeRows(1, 30, 3), 3)}40,41,k0,,1,2,3\n41,42,k0,5,,,\n`
    const { report } = await backtestOf(text, { warmup: 10 })
    expect(report).toMatchObject({ rows: 62, epochs: 20, skipped: { 'no truth': 1, 'no model': 1, 'warm-up': 20 } })
    expect(report.scored + Object.values(report.skipped).reduce((sum, count) => sum + count, 0)).toBe(report.rows)
    expect(report.intervals.map(({ epochs }) => epochs)).toEqual([40, 40, 40])
  })

  it('compares on the rows of the model', async () => {
    const { report } = await backtestOf('truth,a,b\n0,1,\n0,2,4\n0,3,\n', { synthesis: 'mean' })
    expect(report.loss).toEqual({
      network: (1 + 9 + 9) / 3,
      mean: (1 + 9 + 9) / 3,
      median: (1 + 9 + 9) / 3,
      bestModel: 14 / 3,
    })
    expect(report.models.map(({ name, rows, loss, ratio }) => [name, rows, loss, ratio])).toEqual([
      ['a', 3, 14 / 3, 19 / 14],
      ['b', 1, 16, 9 / 16],
    ])
    expect(report.bestModel).toBe('a')
  })

  it('pays who knows something, and nobody who does not', async () => {
    const random = createRandom(11)
    const lines = Array.from({ length: 200 }, () => {
      const truth = random()
      return [truth, truth + 0.1 * (random() - 0.5), truth + 0.2 * (random() - 0.5), random()].join(',')
    })
    const { report } = await backtestOf(`truth,good,fair,junk\n${lines.join('\n')}\n`)
    const earned = report.models.map(({ reward }) => reward)
    expect(earned[0]).toBeGreaterThan(earned[1] ?? 1)
    expect(earned[2]).toBeLessThan(0.005)
    expect(earned.reduce((sum, share) => sum + share, report.unpaid)).toBeCloseTo(1, 12)
    expect(report.edge).toMatchObject({ shown: true, n: 198 })
  })

  it('is the same whenever it is made, and for whoever drives it', async () => {
    const text = toCsv(makeRows(8, 25, 4), 4, true)
    const [one, two] = [await backtestOf(text, { all: true }), await backtestOf(text, { all: true })]
    expect(two.report).toEqual(one.report)
    expect(one.report.all.map(({ synthesis }) => synthesis).toSorted()).toEqual(['mean', 'median', 'regret', 'tower'])
    const steps = [...runBacktest('t.csv', await panelOf(text))]
    expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
    expect(steps.every(({ total }) => total === 25)).toBe(true)
  })

  it('holds nothing that JSON cannot', async () => {
    const { report } = await backtestOf(toCsv(makeRows(2, 25, 3), 3), { all: true })
    JSON.stringify(report, (key, value: unknown) => {
      if (typeof value === 'number') expect([key, Number.isFinite(value)]).toEqual([key, true])
      return value
    })
  })
})

describe('labels and quantiles', () => {
  const random = createRandom(4)
  const labelled = Array.from({ length: 60 }, (_, epoch) => {
    const truth = random() < 0.6 ? 'up' : 'down'
    const p = truth === 'up' ? 0.5 + random() / 2 : random() / 2
    return [`${epoch},up,${truth},${p},0.5`, `${epoch},down,${truth},${1 - p},0.5`]
  }).flat()
  const levels = [0.1, 0.5, 0.9]
  const quantiles = Array.from({ length: 60 }, (_, epoch) => {
    const truth = random()
    return levels.map((level) => `${epoch},${level},${truth},${level},${truth + level - 0.5}`)
  }).flat()

  it.each(syntheses)('work with %s', async (synthesis) => {
    const labels = await backtestOf(`epoch,output,truth,sharp,flat\n${labelled.join('\n')}\n`, { synthesis })
    expect(labels.report).toMatchObject({
      rows: 120,
      scored: 120,
      epochs: 60,
      lossMethod: 'cross-entropy',
      bestModel: 'sharp',
    })
    const values = labels.replayed.played[0]?.values ?? new Float64Array()
    for (let at = 0; at < 60; at += 1) expect((values[2 * at] ?? 0) + (values[2 * at + 1] ?? 0)).toBeCloseTo(1, 9)
    const spread = await backtestOf(`epoch,output,truth,climate,seer\n${quantiles.join('\n')}\n`, { synthesis })
    expect(spread.report).toMatchObject({
      scored: 180,
      epochs: 60,
      lossMethod: 'pinball',
      bestModel: 'seer',
      intervals: [],
    })
  })
})
