import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { z } from 'zod'
import { describe, whole } from './fields.ts'

/** The policy as `starling.v1.TopicPolicy` has it in proto JSON; its rules are judged by `parsePolicy`. */
export type PolicyJson = { readonly [field: string]: string | number | string[] }

const MAX_TEXT = 1000
const text = z.string().max(MAX_TEXT)
/** A decimal is text on the wire; a JSON number is taken too. */
const decimalText: z.ZodType<string> = z
  .unknown()
  .transform((raw, context) => {
    if (typeof raw === 'string' && raw.length <= MAX_TEXT) return raw
    if (typeof raw === 'number') return formatDecimal(raw)
    context.addIssue({ code: 'custom', message: `must be a decimal number, got ${describe(raw)}` })
    return ''
  })
  .meta({ anyOf: [{ type: 'string' }, { type: 'number' }] })
const count = whole(0)

/** Field names of `starling.v1.TopicPolicy`; a field that is left out takes its default. SPEC VT-1 */
export const policySchema: z.ZodType<PolicyJson> = z
  .strictObject({
    truth: text,
    submissions: text,
    loss: text,
    loss_parameter: decimalText,
    domain_lowest: decimalText,
    domain_highest: decimalText,
    labels: z.array(text).max(1000),
    levels: z.array(decimalText).max(1000),
    pay: text,
    synthesis: text,
    intervals: text,
    memory: count,
    tolerance: decimalText,
    min_reputers: count,
    min_stake: decimalText,
    worker_commit_window: count,
    worker_reveal_window: count,
    truth_commit_window: count,
    truth_reveal_window: count,
    bond: decimalText,
    unit: text,
    horizon: text,
    resolution: text,
  })
  .partial()
  .transform((policy) => Object.fromEntries(Object.entries(policy).filter(isGiven)))

function isGiven<V>(entry: [string, V | undefined]): entry is [string, V] {
  return entry[1] !== undefined
}
