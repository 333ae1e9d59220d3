import { expect, it } from 'vitest'
import { toCsv } from './toCsv.ts'

it('writes numbers in full and coins as they are, quotes what needs it', () => {
  const lines = [
    {
      label: 'loss',
      formula: 'a "b", c',
      inputs: { x: 0.1, 'coins as inferer': '12345678901234567890' },
      value: -1.5e-7,
    },
    { label: 'paid', formula: 'x', inputs: {}, value: '12345678901234567890' },
  ]
  expect(toCsv(lines)).toBe(
    'step,value,formula,inputs\r\n' +
      'loss,-1.5e-7,"a ""b"", c",x=0.1; coins as inferer=12345678901234567890\r\n' +
      'paid,12345678901234567890,x,\r\n',
  )
})

it('lets no text run as a formula of a spreadsheet', () => {
  for (const text of ['=1+1', '+x', '-x', '@x', '\tx']) {
    expect(toCsv([{ label: text, formula: '', inputs: {}, value: 1 }])).toContain(`'${text},1`)
  }
})
