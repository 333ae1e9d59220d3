import { expect, it } from 'vitest'
import { parseTime } from './parseTime.ts'

const secondsOf = (text: string): unknown => {
  const moment = parseTime(text)
  return typeof moment === 'string' ? moment : moment.value
}

it('FL-19: the same instant in any dialect is the same instant', () => {
  const fine = ['2024-08-09T10:21:05.227660Z', '2024-08-09T10:21:05.227660+00:00'].map(secondsOf)
  expect(fine).toEqual([expect.closeTo(1723198865.22766, 6), expect.closeTo(1723198865.22766, 6)])
  expect(fine[0]).toBe(fine[1])
  expect(Number(fine[0]) - Number(secondsOf('2024-08-09T10:21:05Z'))).toBeCloseTo(0.22766, 6)
  expect(['2024-08-09 10:21:05', '1723198865', '1723198865000', '1723198865000000'].map(secondsOf)).toEqual(
    Array.from({ length: 4 }, () => 1723198865),
  )
  expect(secondsOf('1723198865227')).toBeCloseTo(1723198865.227, 6)
  expect(secondsOf('09/08/2024')).toContain('may be day or month first')
})

it('FL-25: across a change of clocks instants rise by the hour', () => {
  const local = ['00:00:00+02:00', '01:00:00+02:00', '02:00:00+02:00', '02:00:00+01:00', '03:00:00+01:00']
  const instants = local.map((time) => Number(secondsOf(`2022-10-30T${time}`)))
  expect(new Date((instants[0] ?? 0) * 1000).toISOString()).toBe('2022-10-29T22:00:00.000Z')
  expect(instants.slice(1).map((instant, i) => instant - (instants[i] ?? 0))).toEqual([3600, 3600, 3600, 3600])
})

it.each([
  ['2024-01', 1704067200],
  ['2024/1/2', 1704153600],
  ['2024-01-02T03:04', 1704164640],
  ['2024-01-02T03:04:05-0130', 1704170045],
  ['2024', 2024],
  ['20240102', 20240102],
  ['7.5', 7.5],
])('reads %s', (text, value) => {
  expect(secondsOf(text)).toBe(value)
})

it.each(['2023-02-29', '2024-01-01T24:30:00', '2024-13-01', 'Jan 2024', '12:30'])('refuses %s', (text) => {
  expect(secondsOf(text)).toBeTypeOf('string')
})
