const RELATIVE = 1e-9
/**
 * Scores and regrets are differences of numbers of size 1 to 10: in doubles that leaves some 1e-15, whatever the size of
 * the difference, and ten epochs in a row at most 4e-15.
 */
const ABSOLUTE = 1e-13

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> => new Map(Object.entries(Object(value)))

/**
 * Where two plain values differ, as sentences: numbers by more than a relative error of 1e-9 and the absolute one, all
 * else at all; a key that only one of them has is a difference.
 */
export function compareNumbers(
  actual: unknown,
  expected: unknown,
  absolute: number = ABSOLUTE,
  path: string = '',
): readonly string[] {
  const fault = `${path}: ${actual} instead of ${expected}`
  if (typeof expected === 'number') {
    const allowed = Math.max(absolute, RELATIVE * Math.abs(expected))
    return typeof actual === 'number' && Math.abs(actual - expected) <= allowed ? [] : [fault]
  }
  if (typeof expected !== 'object' || expected === null) return actual === expected ? [] : [fault]
  const got = entriesOf(actual)
  const want = entriesOf(expected)
  const keys = new Set([...got.keys(), ...want.keys()])
  return [...keys].flatMap((key) =>
    got.has(key) && want.has(key)
      ? compareNumbers(got.get(key), want.get(key), absolute, `${path}.${key}`)
      : [`${path}.${key}: ${got.has(key) ? 'not expected' : 'missing'}`],
  )
}
