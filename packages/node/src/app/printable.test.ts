import { expect, it } from 'vitest'
import { printable } from './printable.ts'

it('shows what would move a cursor or reverse the reading, and cuts what is too long', () => {
  expect(printable('policy.unit must be a text, got "°C"')).toBe('policy.unit must be a text, got "°C"')
  expect(printable('got "\u001b[2J\n\u202ex"')).toBe('got "\\u001b[2J\\u000a\\u202ex"')
  expect(printable('9'.repeat(10_000))).toBe(`${'9'.repeat(600)}…`)
})
