import { expect, it } from 'vitest'
import { csvRows } from './csvRows.ts'

it('quotes what must be quoted, and lets no spreadsheet run a cell', () => {
  const rows = [
    ['a', 'b,c', 'd"e', 'f\ng'],
    ['-1', '-1e-7', '=1+1', '-x', '@y'],
  ]
  expect([...csvRows(rows)]).toEqual(['a,"b,c","d""e","f\ng"\r\n', "-1,-1e-7,'=1+1,'-x,'@y\r\n"])
})
