import { expect, it } from 'vitest'
import { namedSeries } from './namedSeries.ts'
import { needsLogScale } from './needsLogScale.ts'
import { backtestOf } from './testing/readText.ts'

const seriesOf = async (text: string, most = 100) => {
  const { report, running } = await backtestOf(text, { synthesis: 'median' })
  return namedSeries(report, running, most)
}
const rows = (bad: number): string => Array.from({ length: 60 }, (_, i) => `${i},${i + 1},${i + 2},${bad}`).join('\n')

it('draws the network, the mean and the best model, thinned, with their last points', async () => {
  const series = await seriesOf(`truth,a,b,c\n${rows(3)}\n`, 10)
  expect(series.map(({ name }) => name)).toEqual(['network (median)', 'plain mean', 'best model: a'])
  for (const { points } of series) {
    expect(points.length).toBeLessThanOrEqual(10)
    expect(points.at(-1)?.[0]).toBe(59)
    expect(points[0]?.[0]).toBeGreaterThanOrEqual(3)
  }
})

it('draws nothing where nothing was scored', async () => {
  for (const { points } of await seriesOf('truth,a\n,1\n,2\n')) expect(points).toEqual([])
})

it('asks for a logarithmic axis where a line would lie flat under another', async () => {
  expect(needsLogScale(await seriesOf(`truth,a,b,c\n${rows(1e9)}\n`))).toBe(true)
  expect(needsLogScale(await seriesOf(`truth,a,b\n${rows(3).replaceAll(/,3$/gm, '')}\n`))).toBe(false)
  expect(needsLogScale(await seriesOf('truth,a,b,c\n1,1,1,1e9\n2,2,2,1e9\n'))).toBe(false)
  expect(needsLogScale([])).toBe(false)
})
