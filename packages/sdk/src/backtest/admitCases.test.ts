import { expect, it } from 'vitest'
import { backtestOf } from './testing/readText.ts'

const notesOf = async (loss: 'qlike' | 'relative-squared', text: string): Promise<readonly string[]> =>
  (await backtestOf(text, { loss: { loss } })).report.notes

it('says where numbers are so small that the loss takes them for its floor', async () => {
  const rows = 'truth,a,b\n2e-10,1e-10,3e-9\n2e-9,3e-10,NA\n'
  expect(await notesOf('qlike', rows)).toEqual([
    '3 numbers below 1e-9 count as 1e-9 under the loss qlike: put them in another unit, or give a scale',
  ])
  expect(await notesOf('relative-squared', rows)).toEqual([
    '1 numbers below 1e-9 count as 1e-9 under the loss relative-squared: put them in another unit, or give a scale',
  ])
  expect(await notesOf('qlike', 'scale,truth,a,b\n1e-9,2e-10,1e-9,3e-9\n')).toEqual([])
  expect(await notesOf('qlike', 'truth,a,b\n1,2,3\n')).toEqual([])
})
