import { describe, expect, it } from 'vitest'
import { createFeed, FIRST_DAY } from './createFeed.ts'
import type { Day } from './Day.ts'
import { readSp500 } from './readSp500.ts'

const days = readSp500()
const feed = createFeed(days)

/** The same days with everything after `last` changed beyond recognition. */
function spoiled(last: number): Day[] {
  return days.map((day, i) =>
    i <= last ? day : { date: day.date, open: 1, high: 3 + (i % 7), low: 0.5, close: 1 + (i % 2), volume: 1 },
  )
}

describe('createFeed', () => {
  it('counts an epoch for every day with a next day', () => {
    expect(days).toHaveLength(5105)
    expect(feed.epochs).toBe(5105 - 751)
    expect(() => feed.dataFor('risk', feed.epochs)).toThrow(RangeError)
    expect(() => feed.dataFor('rain', 0)).toThrow('no topic rain')
    expect(() => feed.truthFor('risk', -1)).toThrow(RangeError)
  })

  it('shows the newest days up to the day of the epoch', () => {
    const data = feed.dataFor('volatility', 0)
    expect(data.dates).toHaveLength(FIRST_DAY)
    expect(data.dates.at(-1)).toBe(days[FIRST_DAY]?.date)
    expect(feed.dataFor('volatility', feed.epochs - 1).dates.at(-1)).toBe('2020-04-16')
  })

  it('tells what the next day brought', () => {
    const last = feed.epochs - 1
    expect(feed.truthFor('trend', last)).toEqual({ value: 'up', source: feed.source, date: '2020-04-17' })
    expect(feed.truthFor('risk', last).value).toBe(0)
    expect(feed.truthFor('volatility', last).value).toBeCloseTo(
      (100 * Math.log(2879.219971 / 2830.879883)) / 1.665109,
      4,
    )
  })

  it('keeps every truth inside its domain', () => {
    for (let epoch = 0; epoch < feed.epochs; epoch++) {
      const { value } = feed.truthFor('volatility', epoch)
      expect(typeof value === 'number' && value > 0.05 && value < 100).toBe(true)
      expect([0, 1]).toContain(feed.truthFor('risk', epoch).value)
      expect(['down', 'flat', 'up']).toContain(feed.truthFor('trend', epoch).value)
    }
  })

  it('offers nothing from the future', () => {
    for (const epoch of [0, 17, 1500, feed.epochs - 1]) {
      const other = createFeed(spoiled(FIRST_DAY + epoch))
      for (const { name } of feed.topics) {
        for (const earlier of [0, Math.floor(epoch / 2), epoch]) {
          expect(other.dataFor(name, earlier)).toEqual(feed.dataFor(name, earlier))
        }
        for (const earlier of [0, epoch - 1].filter((e) => e >= 0 && e < epoch)) {
          expect(other.truthFor(name, earlier)).toEqual(feed.truthFor(name, earlier))
        }
      }
    }
  })
})
