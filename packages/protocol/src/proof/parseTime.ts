import { readWhole } from '../num/readWhole.ts'
import type { Time } from './cometTypes.ts'

/** Days of the months before each month of a year that begins in March. */
const DAYS_BEFORE = [0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337] as const
const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Reads a time in UTC of RFC 3339, with up to nine digits of a second, as CometBFT writes it; undefined where it is none. */
export function parseTime(text: string): Time | undefined {
  const shape = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?Z$/
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((digits) => Number(readWhole(digits)))
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day < 1 || day > (DAYS_IN[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeap)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const nanos = Number(readWhole((parts[7] ?? '').padEnd(9, '0')))
  const seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
  return { seconds: BigInt(seconds), nanos }
}

/** Days of the Gregorian calendar: years are counted from March, so that the leap day is the last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + (DAYS_BEFORE[(month + 9) % 12] ?? 0) + day - 719_469
}
