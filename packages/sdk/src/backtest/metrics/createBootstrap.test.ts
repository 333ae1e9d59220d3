import { expect, it } from 'vitest'
import { createBootstrap } from './createBootstrap.ts'

it('gives a ratio of sums with an interval around it', () => {
  const bootstrap = createBootstrap(400)
  expect([bootstrap.blocks, bootstrap.blockOf(0), bootstrap.blockOf(399)]).toEqual([40, 0, 39])
  const above = Float64Array.from({ length: 40 }, (_, block) => 1 + (block % 4))
  const { ratio, lower, upper } = bootstrap.ratioOf(above, new Float64Array(40).fill(2))
  expect(ratio).toBe(1.25)
  expect(lower).toBeGreaterThan(1)
  expect(lower).toBeLessThan(1.25)
  expect(upper).toBeGreaterThan(1.25)
  expect(upper).toBeLessThan(1.5)
})

it('knows no interval from one block, and nothing about a division by 0', () => {
  expect(createBootstrap(1).ratioOf(Float64Array.of(9), Float64Array.of(4))).toEqual({
    ratio: 2.25,
    lower: null,
    upper: null,
  })
  const nothing = { ratio: null, lower: null, upper: null }
  expect(createBootstrap(2).ratioOf(Float64Array.of(1, 1), Float64Array.of(0, 0))).toEqual(nothing)
})
