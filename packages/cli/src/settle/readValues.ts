import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { parseDecimal } from '@starling/protocol/num/parseDecimal'
import { checkValues } from '@starling/protocol/scoring/losses/checkValues'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'
import { describe, readDecimal } from './fields.ts'
import type { RawValues } from './inputSchema.ts'
import { type Fault, formatPath } from './parseDocument.ts'

/** The names of a topic's outputs, in order: its labels or its quantile levels; undefined for a single number. */
export function outputNames(policy: TopicPolicy): readonly string[] | undefined {
  const kind = outputKindOf(policy)
  if (kind === 'labels') return policy.labels
  return kind === 'quantiles' ? policy.levels.map(formatDecimal) : undefined
}

/** Reads one prediction, found at `path`, as the vector that the scoring takes. SPEC VT-4 */
export function readValues(
  policy: TopicPolicy,
  raw: RawValues,
  path: readonly PropertyKey[],
): Values | readonly Fault[] {
  const names = outputNames(policy)
  if (names === undefined) {
    const at = [...path, 'value']
    if (raw.values !== undefined) return [faultAt([...path, 'values'], 'is for labels and quantiles; give "value"')]
    const value = readDecimal(raw.value)
    if (typeof value !== 'number') return [faultAt(at, value.fault)]
    const fault = faultOfNumber(policy, value)
    return fault === undefined ? [value] : [faultAt(at, fault)]
  }
  if (raw.value !== undefined) return [faultAt([...path, 'value'], `must be "values" with ${names.join(', ')}`)]
  return readNamed(policy, names, raw.values, [...path, 'values'])
}

/** Why a number is outside what the topic asks for, as the end of a sentence. */
export function faultOfNumber(policy: TopicPolicy, value: number): string | undefined {
  const [lowest, highest] = policy.domain
  return value >= lowest && value <= highest ? undefined : `must be from ${lowest} to ${highest}, got ${value}`
}

function readNamed(
  policy: TopicPolicy,
  names: readonly string[],
  raw: unknown,
  path: readonly PropertyKey[],
): Values | readonly Fault[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const expected = `must be an object with ${names.join(', ')}`
    return [faultAt(path, raw === undefined ? `is missing; it ${expected}` : `${expected}, got ${describe(raw)}`)]
  }
  const quantiles = policy.levels.length > 0
  const byName = new Map<string, unknown>()
  const faults: Fault[] = []
  for (const [key, value] of Object.entries(raw)) {
    const name = quantiles ? levelName(key) : key
    if (!names.includes(name)) faults.push(faultAt([...path, key], `is none of ${names.join(', ')}`))
    else if (byName.has(name)) faults.push(faultAt([...path, key], 'is there twice'))
    else byName.set(name, value)
  }
  const values = names.map((name) => {
    const value = readDecimal(byName.get(name))
    const fault = typeof value === 'number' ? faultOfNumber(policy, value) : value.fault
    if (fault !== undefined) faults.push(faultAt([...path, name], fault))
    return typeof value === 'number' ? value : 0
  })
  if (faults.length > 0) return faults
  const fault = checkValues(policy, values)
  return fault === null ? values : [faultAt(path, `cannot be taken: ${fault.replace(/\.$/, '')}`)]
}

/** Levels are numbers: "0.10" names the level 0.1. */
function levelName(key: string): string {
  const level = parseDecimal(key)
  return typeof level === 'number' ? formatDecimal(level) : key
}

function faultAt(path: readonly PropertyKey[], reason: string): Fault {
  return { path: formatPath(path), reason }
}
