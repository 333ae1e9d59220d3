import { describe, expect, it } from 'vitest'
import { parseDays } from './parseDays.ts'

const HEADER = 'date,open,high,low,close,adjclose,volume\n'

describe('parseDays', () => {
  it('reads columns by name', () => {
    expect(parseDays(`${HEADER}2000-01-03,1,3,0.5,2,2,10\n`)).toEqual([
      { date: '2000-01-03', open: 1, high: 3, low: 0.5, close: 2, volume: 10 },
    ])
  })

  it.each([
    ['2000-01-03,1,3,0.5,,2,10', 'bad close'],
    ['2000-01-03,1,3,0.5,x,2,10', 'bad close'],
    ['03.01.2000,1,3,0.5,2,2,10', 'bad date'],
    ['2000-01-03,1,0.4,0.5,2,2,10', 'impossible prices'],
    ['2000-01-03,1,3,0.5,2,2,10\n2000-01-03,1,3,0.5,2,2,10', 'does not follow'],
  ])('refuses %s', (row, message) => {
    expect(() => parseDays(`${HEADER}${row}\n`)).toThrow(message)
  })
})
