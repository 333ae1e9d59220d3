import { expect, it } from 'vitest'
import { parseRequest } from './parseRequest.ts'

it.each([
  ['a,b', ['a', 'b']],
  [' a , b ,', ['a', 'b']],
  ['"a, b",c', ['a, b', 'c']],
  ['5" pipe', ['5" pipe']],
  ['', []],
])('leaves out the columns of %j', (ignore, columns) => {
  expect(parseRequest({ ignore }).read.ignore).toEqual(columns)
})
