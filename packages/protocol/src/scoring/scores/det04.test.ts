import fc from 'fast-check'
import { expect, it } from 'vitest'
import { selectTopElements } from './selectTopElements.ts'

it('DET-04 equal scores give the same best elements in any order of the input', () => {
  const elements = Array.from({ length: 9 }, (_, i) => ({ inferer: `I${i}`, value: i }))
  const scoreOf = (inferer: string): number => Number(inferer.slice(1)) % 2
  const expected = selectTopElements(elements, scoreOf, 6)
  expect(expected.map(({ inferer }) => inferer)).toEqual(['I0', 'I1', 'I2', 'I3', 'I5', 'I7'])
  const inAnyOrder = fc.shuffledSubarray(elements, { minLength: elements.length })
  fc.assert(
    fc.property(inAnyOrder, (mixed) => {
      expect(selectTopElements(mixed, scoreOf, 6)).toEqual(expected)
    }),
  )
})
