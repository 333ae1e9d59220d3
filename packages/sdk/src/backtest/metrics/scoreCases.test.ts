import { expect, it } from 'vitest'
import { createRandom } from '../metrics/createRandom.ts'
import { syntheses } from '../synthesis/collective.ts'
import { backtestOf } from '../testing/readText.ts'

const random = createRandom(6)
const truths = Array.from({ length: 60 }, () => 1e-9 + random() / 3)

it.each(syntheses)(
  '%s that is right but for rounding is right, and is not compared with who is right, too',
  async (synthesis) => {
    const text = `truth,${Array.from({ length: 7 }, (_, i) => `m${i}`).join(',')}\n`
    const rows = truths.map((truth) => Array.from({ length: 8 }, () => truth).join(','))
    for (const loss of ['squared', 'absolute', 'qlike', 'relative-squared'] as const) {
      const { report } = await backtestOf(`${text}${rows.join('\n')}\n`, { synthesis, loss: { loss } })
      expect(report.loss).toEqual({ network: 0, mean: 0, median: 0, bestModel: 0 })
      expect([report.toMean.ratio, report.toBest.ratio, report.models[0]?.ratio]).toEqual([null, null, null])
      expect(report.models[0]?.reason).toBe('its loss is 0, and nothing can be divided by it')
    }
  },
)

it('tells an error from rounding, however small it is', async () => {
  const { report } = await backtestOf('truth,a\n1,1.0000000001\n1e12,1000000000000.1\n', { synthesis: 'mean' })
  expect(report.models[0]?.loss).toBeCloseTo((1e-20 + 0.01) / 2, 4)
  const small = await backtestOf('truth,a\n1,1.0000000001\n', { synthesis: 'mean' })
  expect(small.report.loss.network).toBeCloseTo(1e-20, 24)
  expect(small.report.loss.network).toBeGreaterThan(0)
})
