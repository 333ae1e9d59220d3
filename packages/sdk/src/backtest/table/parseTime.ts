/** A moment in seconds since 1970, or a place in an order without a calendar. */
export type Moment = {
  readonly kind: 'instant' | 'ordinal'
  readonly value: number
  /** True where a time of day has no zone: read as UTC. */
  readonly isZoneless: boolean
}

const ISO =
  /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?)?$/i
const SLASHED = /^\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b/
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/
/** Unix times of this century in each unit; below the first a number only says an order. */
const UNITS = [
  { below: 1e8, seconds: 0 },
  { below: 1e11, seconds: 1 },
  { below: 1e14, seconds: 1e-3 },
  { below: 1e17, seconds: 1e-6 },
  { below: Number.POSITIVE_INFINITY, seconds: 1e-9 },
] as const

/**
 * The moment that a cell names, or a sentence on why it cannot be told. Read are ISO dates and times with or without a
 * zone, Unix times in seconds to nanoseconds by their size, and small numbers as a plain order.
 */
export function parseTime(text: string): Moment | string {
  const cell = text.trim()
  if (NUMBER.test(cell)) return parseNumber(Number(cell))
  const [, year = '', month = '', day = '1', hour, minute = '0', second = '0', fraction = '', zone] =
    ISO.exec(cell) ?? []
  if (year === '') {
    return SLASHED.test(cell)
      ? `"${cell}" may be day or month first. Write it as 2024-01-31.`
      : `"${cell}" is not a time that can be read. Write it as 2024-01-31, 2024-01-31T12:00:00Z, or as a number.`
  }
  const parts = [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute),
    Number(second),
  ] as const
  const date = new Date(Date.UTC(...parts))
  const isReal = date.getUTCMonth() === parts[1] && date.getUTCDate() === parts[2] && parts[3] < 24 && parts[4] < 60
  if (!isReal || parts[5] > 60) return `"${cell}" is no day of the calendar or no time of day.`
  const value = date.getTime() / 1000 + Number(`0.${fraction || 0}`) - offsetOf(zone)
  return { kind: 'instant', value, isZoneless: hour !== undefined && zone === undefined }
}

function parseNumber(number: number): Moment {
  const { seconds } = UNITS.find(({ below }) => Math.abs(number) < below) ?? UNITS[0]
  if (seconds === 0) return { kind: 'ordinal', value: number, isZoneless: false }
  return { kind: 'instant', value: number * seconds, isZoneless: false }
}

/** Seconds by which a zone is before UTC: +02:00 is 7200. */
function offsetOf(zone: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '') ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}
