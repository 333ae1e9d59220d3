import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { parseDecimal } from '@starling/protocol/num/parseDecimal'
import { checkValues } from '@starling/protocol/scoring/losses/checkValues'
import type { TopicFacts } from '../shared/readTopic.ts'

/** A prediction in the policy's order, null to skip the epoch, or why it is none. */
export type Prediction = { readonly values: readonly number[] } | null | { readonly fault: string }

/** Reads what a model gave: a number, `{value}`, `{values: {label: number}}`, or null. */
export function readPrediction(facts: TopicFacts, output: unknown): Prediction {
  if (output === null) return null
  const values = facts.outputs.length === 0 ? readScalar(output) : readLabelled(facts.outputs, output)
  if ('fault' in values) return values
  for (const [i, value] of values.values.entries()) {
    const name = facts.outputs[i] === undefined ? 'it' : `"${facts.outputs[i]}"`
    const fault = numberFault(value)
    if (fault !== null) return { fault: `${name} ${fault}` }
  }
  const fault = checkValues(facts.policy, values.values)
  return fault === null ? values : { fault: `${describe(output)} is refused: ${fault}` }
}

type Read = { readonly values: readonly number[] } | { readonly fault: string }

function readScalar(output: unknown): Read {
  const value = typeof output === 'object' && output !== null && 'value' in output ? output.value : output
  if (typeof value === 'number') return { values: [value] }
  return { fault: `a number, {"value": number} or null was expected, got ${describe(output)}` }
}

function readLabelled(outputs: readonly string[], output: unknown): Read {
  const given = typeof output === 'object' && output !== null && 'values' in output ? output.values : undefined
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : []
  const byName = new Map<string, unknown>(entries)
  const values = outputs.map((name) => byName.get(name))
  if (entries.length === outputs.length && values.every((value) => typeof value === 'number')) return { values }
  return {
    fault: `{"values": {…}} with a number for each of ${outputs.join(', ')} was expected, got ${describe(output)}`,
  }
}

function numberFault(value: number): string | null {
  if (!Number.isFinite(value)) return `is ${value}, not a finite number`
  const onWire = parseDecimal(formatDecimal(value))
  return typeof onWire === 'number' ? null : onWire.fault
}

function describe(output: unknown): string {
  if (output === undefined) return 'nothing'
  if (typeof output === 'function' || typeof output === 'symbol') return `a ${typeof output}`
  let text: string
  try {
    text = typeof output === 'object' ? JSON.stringify(output) : String(output)
  } catch {
    text = 'an object that is no JSON'
  }
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
