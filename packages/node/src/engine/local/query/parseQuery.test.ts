import { expect, test } from 'vitest'
import { parseQuery } from './parseQuery.ts'

test('parses conditions joined by AND', () => {
  expect(parseQuery("tx.height>5 AND a.b='x' AND c.d EXISTS AND e.f CONTAINS 'y'").conditions).toEqual([
    { key: 'tx.height', op: '>', operand: { kind: 'number', value: '5' } },
    { key: 'a.b', op: '=', operand: { kind: 'string', value: 'x' } },
    { key: 'c.d', op: 'EXISTS' },
    { key: 'e.f', op: 'CONTAINS', value: 'y' },
  ])
})

test.each([
  ['', 1],
  ['message.sender=ADDR', 16],
  ['a=1 OR b=2', 5],
  ["a=='1'", 3],
  ["a>'5'", 3],
  ['a.b', 4],
])('the refusal of %j names character %i', (query, character) => {
  expect(() => parseQuery(query)).toThrow(`wrong at character ${character}:`)
})
