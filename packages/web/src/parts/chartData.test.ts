import { expect, it } from 'vitest'
import { columnsOf, rowAt } from './chartData.ts'

const data = {
  axis: 'epoch',
  at: [5, 10],
  lines: [
    { name: 'answer', values: [1, null] },
    { name: 'truth', values: Float64Array.of(2, Number.NaN) },
  ],
  bands: [{ name: '80 %', low: [0, 0.5], high: [3, null] }],
}

it('has a column for the axis, each line, and both ends of each band', () => {
  expect(columnsOf(data)).toEqual(['epoch', 'answer', 'truth', '80 %, from', '80 %, to'])
  expect(rowAt(data, 0)).toEqual([5, 1, 2, 0, 3])
})

it('has nothing where there is no number', () => {
  expect(rowAt(data, 1)).toEqual([10, null, null, 0.5, null])
  expect(rowAt(data, 2)).toEqual([null, null, null, null, null])
})
