import { parse } from 'csv-parse/sync'
import type { Day } from './Day.ts'

/** Days of a CSV text with a header naming at least date, open, high, low, close and volume. Refuses what cannot be a trading day. */
export function parseDays(text: string): Day[] {
  const rows = parse<Record<string, string>>(text, { columns: true, skip_empty_lines: true, trim: true })
  const days = rows.map(toDay)
  days.forEach((day, i) => {
    const before = days[i - 1]
    if (before !== undefined && before.date >= day.date) {
      throw new RangeError(`row ${i + 1}: ${day.date} does not follow ${before.date}`)
    }
  })
  return days
}

function toDay(row: Record<string, string>, index: number): Day {
  const number = (column: string): number => {
    const value = Number(row[column] || Number.NaN)
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`row ${index + 1}: bad ${column}`)
    return value
  }
  const day = {
    date: row.date ?? '',
    open: number('open'),
    high: number('high'),
    low: number('low'),
    close: number('close'),
    volume: number('volume'),
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(day.date)) throw new RangeError(`row ${index + 1}: bad date`)
  if (day.low <= 0 || day.close <= 0 || day.high < day.low) throw new RangeError(`row ${index + 1}: impossible prices`)
  return day
}
