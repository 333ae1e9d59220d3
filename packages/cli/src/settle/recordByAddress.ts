import { compareAddress } from '@starling/protocol/num/compareAddress'
import { z } from 'zod'
import { name } from './fields.ts'

/** A record by address, brought into address order, which the scoring relies on. */
export function recordByAddress<V>(entry: z.ZodType<V>): z.ZodType<Readonly<Record<string, V>>> {
  return z
    .record(name, entry)
    .transform((record) => Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compareAddress(a, b))))
}
