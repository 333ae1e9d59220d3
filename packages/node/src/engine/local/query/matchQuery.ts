import type { EventMap } from '../eventMap.ts'
import type { Comparison, Condition, Operand, Query } from './parseQuery.ts'

/** True when every condition holds for at least one value of its attribute. */
export function matchQuery(query: Query, events: EventMap): boolean {
  return query.conditions.every((condition) => matchCondition(condition, events.get(condition.key) ?? []))
}

function matchCondition(condition: Condition, values: readonly string[]): boolean {
  if (condition.op === 'EXISTS') return values.length > 0
  if (condition.op === 'CONTAINS') return values.some((value) => value.includes(condition.value))
  const { op, operand } = condition
  return values.some((value) => {
    const order = compare(value, operand)
    return order !== undefined && holds(op, order)
  })
}

function holds(op: Comparison, order: number): boolean {
  if (op === '=') return order === 0
  if (op === '<') return order < 0
  if (op === '<=') return order <= 0
  return op === '>' ? order > 0 : order >= 0
}

/** Negative, zero or positive as value is below, at or above the operand; undefined when they do not compare. */
function compare(value: string, operand: Operand): number | undefined {
  if (operand.kind === 'string') return value === operand.value ? 0 : undefined
  if (operand.kind === 'number') return compareDecimals(value, operand.value)
  const time = /^"?\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value.replaceAll('"', '')) : Number.NaN
  return Number.isNaN(time) ? undefined : time - operand.value
}

/** Exact for any length. A value counts by its leading number, so that `100uallo` and `"7"` compare as 100 and 7. */
function compareDecimals(value: string, operand: string): number | undefined {
  const left = /^"?(-?)(\d+)(?:\.(\d+))?/.exec(value)
  const right = /^(-?)(\d+)(?:\.(\d+))?$/.exec(operand)
  if (left === null || right === null) return undefined
  const places = Math.max(left[3]?.length ?? 0, right[3]?.length ?? 0)
  const scaled = ([, sign, whole = '', fraction = '']: RegExpExecArray): bigint =>
    BigInt(whole + fraction.padEnd(places, '0')) * (sign === '-' ? -1n : 1n)
  const difference = scaled(left) - scaled(right)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
