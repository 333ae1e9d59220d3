import { parseAmount } from '@starling/protocol/num/parseAmount'
import { parseDecimal } from '@starling/protocol/num/parseDecimal'
import { z } from 'zod'

/** A name of a participant. Not digits alone: objects list such names in an order of their own. */
const NAME = /^(?![0-9]+$)(?!__proto__$)[!-~]{1,90}$/

/** Reads a number, or a decimal text by SPEC GR-1; the sentence's end that says why it is none otherwise. */
export function readDecimal(raw: unknown): number | { readonly fault: string } {
  if (raw === undefined) return { fault: 'is missing' }
  if (typeof raw !== 'number' && typeof raw !== 'string') {
    return { fault: `must be a decimal number like -12.5 or "3e-7", got ${describe(raw)}` }
  }
  return parseDecimal(String(raw))
}

/** What a wrong value is, short enough for a sentence. */
export function describe(raw: unknown): string {
  if (raw === null) return 'null'
  if (Array.isArray(raw)) return 'a list'
  if (typeof raw === 'object') return 'an object'
  const text = JSON.stringify(raw) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text
}

/** A number, also as a decimal text, between two bounds, both inclusive. */
export function decimal(lowest: number, highest: number): z.ZodType<number> {
  return z
    .unknown()
    .transform((raw, context) => {
      // Numbers of a stored state may lie below the smallest normal double, which a submission may not.
      const value = typeof raw === 'number' ? raw : readDecimal(raw)
      const fault = typeof value !== 'number' ? value.fault : outside(value, lowest, highest)
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
      return typeof value === 'number' ? value : 0
    })
    .meta({ anyOf: [{ type: 'number', ...bounds(lowest, highest) }, { type: 'string' }] })
}

/** A whole number, also as digits, at least `lowest` and exact in a double. */
export function whole(lowest: number, highest: number = Number.MAX_SAFE_INTEGER): z.ZodType<number> {
  return z
    .unknown()
    .transform((raw, context) => {
      const value = typeof raw === 'string' && /^[0-9]{1,16}$/.test(raw) ? Number(raw) : raw
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= lowest && value <= highest) return value
      const expected = highest < Number.MAX_SAFE_INTEGER ? `from ${lowest} to ${highest}` : `of at least ${lowest}`
      const fault = raw === undefined ? 'is missing' : `must be a whole number ${expected}, got ${describe(raw)}`
      context.addIssue({ code: 'custom', message: fault })
      return 0
    })
    .meta({
      anyOf: [
        { type: 'integer', minimum: lowest, maximum: highest },
        { type: 'string', pattern: '^[0-9]{1,16}$' },
      ],
    })
}

/** An amount of uallo: digits, or a whole JSON number that a double holds exactly. */
export const amount: z.ZodType<bigint> = z
  .unknown()
  .transform((raw, context) => {
    const text = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw
    const read =
      typeof text === 'string' ? parseAmount(text) : { fault: `must be digits in quotes, got ${describe(raw)}` }
    if (typeof read === 'bigint') return read
    context.addIssue({ code: 'custom', message: raw === undefined ? 'is missing' : read.fault })
    return 0n
  })
  .meta({
    anyOf: [
      { type: 'string', pattern: '^(0|[1-9][0-9]{0,77})$' },
      { type: 'integer', minimum: 0 },
    ],
    description: 'uallo',
  })

/** Who: an address, or any name of visible ASCII characters that is not digits alone. */
export const name: z.ZodType<string> = z.string().regex(NAME, {
  error: ({ input }) => `must be 1 to 90 visible ASCII characters, not digits alone, got ${describe(input)}`,
})

function outside(value: number, lowest: number, highest: number): string | undefined {
  if (value >= lowest && value <= highest) return undefined
  if (lowest === -Infinity && highest === Infinity) return 'must be finite'
  return `must be ${rangeOf(lowest, highest)}, got ${value}`
}

function rangeOf(lowest: number, highest: number): string {
  if (highest === Infinity) return `at least ${lowest}`
  return `from ${lowest} to ${highest}`
}

function bounds(lowest: number, highest: number): { readonly minimum?: number; readonly maximum?: number } {
  return {
    ...(Number.isFinite(lowest) ? { minimum: lowest } : {}),
    ...(Number.isFinite(highest) ? { maximum: highest } : {}),
  }
}
