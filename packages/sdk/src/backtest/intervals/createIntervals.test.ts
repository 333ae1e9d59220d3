import { describe, expect, it } from 'vitest'
import { createRandom } from '../metrics/createRandom.ts'
import { backtestOf } from '../testing/readText.ts'
import { mixedOrder } from './mixedOrder.ts'

type Row = readonly [epoch: number, key: string, truth: number, a: number, b: number]

/** Series that err by very different amounts, all of them in every epoch; the larger the number, the larger the error. */
function makeRows(seed: number, epochs: number, series: number, growth: number): readonly Row[] {
  const random = createRandom(seed)
  const noise = (): number => random() + random() + random() - 1.5
  return Array.from({ length: epochs * series }, (_, i) => {
    const size = growth ** (i % series)
    const truth = size * noise()
    return [Math.floor(i / series), `k${i % series}`, truth, truth + size * noise(), truth + size * noise()]
  })
}

const toCsv = (rows: readonly Row[], hasKey = true): string => {
  const lines = rows.map(([epoch, key, ...rest]) => [epoch, ...(hasKey ? [key] : []), ...rest].join(','))
  return `${[hasKey ? 'epoch,key,truth,a,b' : 'epoch,truth,a,b', ...lines].join('\n')}\n`
}

const run = async (rows: readonly Row[], hasKey = true, warmup = 0) =>
  backtestOf(toCsv(rows, hasKey), { synthesis: 'mean', warmup })

describe('intervals of several cases an epoch', () => {
  it('do not depend on the order of the rows within an epoch', async () => {
    const rows = makeRows(3, 60, 7, 1.5)
    const other = rows.toSorted((a, b) => a[0] - b[0] || (a[1] < b[1] ? 1 : -1))
    const [one, two] = [await run(rows), await run(other)]
    for (const [i, row] of rows.entries()) {
      const ends = one.replayed.ends.map((column) => column[i])
      expect(two.replayed.ends.map((column) => column[other.indexOf(row)])).toEqual(ends)
    }
    expect(two.report.intervals.map(({ hits }) => hits)).toEqual(one.report.intervals.map(({ hits }) => hits))
  })

  it('know how large the errors of each series are, and hold as often as they say in each', async () => {
    const rows = makeRows(5, 400, 6, 3)
    const { replayed, panel } = await run(rows, true, 50)
    for (const [level, nominal] of [0.5, 0.8, 0.95].entries()) {
      for (let series = 0; series < 6; series += 1) {
        const cases = Array.from(rows.keys()).filter((at) => at >= 300 && at % 6 === series)
        const hits = cases.filter((at) => {
          const truth = panel.truth[at] ?? 0
          return (replayed.ends[2 * level]?.[at] ?? 0) <= truth && truth <= (replayed.ends[2 * level + 1]?.[at] ?? 0)
        })
        expect(Math.abs(hits.length / cases.length - nominal)).toBeLessThan(0.06)
      }
    }
  })

  it('of nearly all truths are narrower for it than those of one series, and hold as often', async () => {
    const rows = makeRows(5, 400, 6, 3)
    const [keyed, plain] = [await run(rows, true, 50), await run(rows, false, 50)]
    for (const { level, hits, epochs } of keyed.report.intervals) {
      expect(Math.abs(hits / epochs - level)).toBeLessThan(0.02)
    }
    expect(keyed.report.intervals[2]?.meanWidth).toBeLessThan(0.8 * (plain.report.intervals[2]?.meanWidth ?? 0))
  })

  it('remember of hundreds of cases some of each size', async () => {
    const rows = makeRows(7, 80, 300, 1.01)
    const { report } = await run(rows, false, 20)
    for (const { level, hits, epochs } of report.intervals) expect(Math.abs(hits / epochs - level)).toBeLessThan(0.03)
  })

  it('are of one series what the chain would say, whatever its name', async () => {
    const rows = makeRows(9, 120, 1, 1)
    const [keyed, plain] = [await run(rows), await run(rows, false)]
    expect(keyed.replayed.ends).toEqual(plain.replayed.ends)
  })
})

describe('a mixed order', () => {
  it('holds everything once, and small and large in every stretch', () => {
    const sizes = Array.from({ length: 100 }, (_, i) => (i * 37) % 100)
    const order = mixedOrder(sizes)
    expect(order.toSorted((a, b) => a - b)).toEqual([...sizes.keys()])
    for (let from = 0; from <= 80; from += 1) {
      const stretch = order.slice(from, from + 20).map((at) => sizes[at] ?? 0)
      expect(Math.abs(stretch.reduce((sum, size) => sum + size, 0) / 20 - 49.5)).toBeLessThan(8)
    }
  })

  it('does not depend on the order before', () => {
    const sizes = [5, 1, 4, 2, 3]
    const back = sizes.toReversed()
    expect(mixedOrder(sizes).map((at) => sizes[at])).toEqual(mixedOrder(back).map((at) => back[at]))
    expect(mixedOrder([])).toEqual([])
  })
})
