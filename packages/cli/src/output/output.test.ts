import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { formatAllo } from './formatAllo.ts'
import { formatNumber } from './formatNumber.ts'
import { formatTable } from './formatTable.ts'
import { hasColour } from './hasColour.ts'
import { paintFor } from './paintFor.ts'
import { printJson } from './printJson.ts'
import { withSpinner } from './withSpinner.ts'

it.each([
  [0n, '0 ALLO'],
  [1000n, '1000 uallo'],
  [999_999_999_999n, '999999999999 uallo'],
  [1_000_000_000_000n, '0.000001 ALLO'],
  [1_999_999_999_999n, '0.000001 ALLO'],
  [1_500_000_000_000_000_000n, '1.500000 ALLO'],
  [-1_500_000_000_000_000_000n, '-1.500000 ALLO'],
  [10n ** 27n, '1000000000.000000 ALLO'],
])('shows %i uallo as %s', (uallo, text) => {
  expect(formatAllo(uallo)).toBe(text)
})

it('shows six digits of a number', () => {
  expect([1 / 3, 1e-9, 102, null, undefined].map(formatNumber)).toEqual(['0.333333', '1e-9', '102', '-', '-'])
})

it('aligns a table', () => {
  const columns = [{ head: 'name' }, { head: 'loss', align: 'right' }] as const
  expect(
    formatTable(columns, [
      ['alice', '1'],
      ['bob', '12.5'],
    ]),
  ).toBe('NAME   LOSS\nalice     1\nbob    12.5\n')
})

it('colours terminals only, and not against their will', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true })
  const asked = [{}, { NO_COLOR: '' }, { NO_COLOR: '1' }, { TERM: 'dumb' }].map((env) => hasColour(terminal, env))
  expect(asked).toEqual([true, true, false, false])
  expect(hasColour(new PassThrough(), {})).toBe(false)
  expect(paintFor(terminal, {})('green', 'settled')).toBe('\u001b[32msettled\u001b[39m')
  expect(paintFor(terminal, { NO_COLOR: '1' })('green', 'settled')).toBe('settled')
})

it('waits without a spinner where there is no terminal, or none with a size', async () => {
  for (const stderr of [new PassThrough(), Object.assign(new PassThrough(), { isTTY: true, columns: 0 })]) {
    expect(await withSpinner({ stderr, env: {} }, 'working', Promise.resolve(7))).toBe(7)
    await expect(withSpinner({ stderr, env: {} }, 'working', Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(stderr.read()).toBeNull()
  }
})

it('never prints NaN as null', () => {
  expect(() => printJson({ stdout: new PassThrough() }, { loss: Number.NaN })).toThrow('loss is NaN')
})
