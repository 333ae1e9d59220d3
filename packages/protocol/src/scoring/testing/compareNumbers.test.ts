import { expect, it } from 'vitest'
import { compareNumbers } from './compareNumbers.ts'

it.each([
  ['numbers within 1e-9', { a: [1 + 9e-10, 0] }, { a: [1, 9e-14] }, []],
  ['a number beyond 1e-9', { a: [1.1] }, { a: [1] }, ['.a.0: 1.1 instead of 1']],
  ['a number that is none', Number.NaN, 1, [': NaN instead of 1']],
  ['null and a number', null, 0, [': null instead of 0']],
  ['a missing and a strange key', { a: 1 }, { b: null }, ['.a: not expected', '.b: missing']],
  ['text', '12', '13', [': 12 instead of 13']],
  ['a list that is too long', [1, 2], [1], ['.1: not expected']],
])('compares %s', (_, actual, expected, differences) => {
  expect(compareNumbers(actual, expected)).toEqual(differences)
})
