import fc from 'fast-check'
import { expect, it } from 'vitest'
import { choiceOf, shift, zoom } from './zoom.ts'

const whole = { min: 0, max: 100 }

it('looks nearer and wider about a place, and moves by a quarter', () => {
  expect(zoom(whole, whole, 'in')).toEqual({ min: 25, max: 75 })
  expect(zoom(whole, whole, 'in', 100)).toEqual({ min: 50, max: 100 })
  expect(zoom({ min: 40, max: 60 }, whole, 'out')).toEqual({ min: 30, max: 70 })
  expect(zoom({ min: 40, max: 60 }, whole, 'left')).toEqual({ min: 35, max: 55 })
  expect(zoom({ min: 40, max: 60 }, whole, 'right')).toEqual({ min: 45, max: 65 })
})

it('shows all where there is nothing wider', () => {
  expect(zoom({ min: 20, max: 80 }, whole, 'out')).toBeUndefined()
  expect(zoom({ min: 20, max: 80 }, whole, 'all')).toBeUndefined()
  expect(zoom({ min: 5, max: 5 }, whole, 'in')).toBeUndefined()
})

it('never leaves the whole, and keeps its width while it moves', () => {
  const place = fc.double({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(place, place, fc.double({ min: -300, max: 300, noNaN: true }), (a, b, by) => {
      const view = { min: Math.min(a, b), max: Math.max(a, b) }
      const moved = shift(view, whole, by)
      expect(moved.min).toBeGreaterThanOrEqual(0)
      expect(moved.max).toBeLessThanOrEqual(100 + 1e-9)
      expect(moved.max - moved.min).toBeCloseTo(view.max - view.min, 9)
    }),
  )
})

it('tells a part from all there is and from what is in view by default', () => {
  const limits = { whole, home: { min: 90, max: 100 } }
  expect(choiceOf({ min: 10, max: 20 }, limits)).toEqual({ min: 10, max: 20 })
  expect(choiceOf({ min: 90 + 1e-12, max: 100 }, limits)).toBeUndefined()
  expect(choiceOf({ min: 0, max: 100 }, limits)).toBe('all')
  expect(choiceOf(whole, { whole, home: whole })).toBeUndefined()
})
