import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Case<I> = { readonly name: string; readonly input: I; readonly expected: unknown }

/** What vectors/README.md promises: a relative error, and an absolute one where a number is near zero. */
const RELATIVE = 1e-9

/** Compares deeply: numbers within the error, everything else equal, and no key missing or left over. */
export function expectClose(actual: unknown, expected: unknown, absolute = 1e-12, path = ''): void {
  if (typeof expected === 'number') {
    const error = Math.abs(Number(actual) - expected)
    const allowed = Math.max(absolute, RELATIVE * Math.abs(expected))
    expect(error, `${path}: ${actual} instead of ${expected}`).toBeLessThanOrEqual(allowed)
    return
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(actual, path).toBe(expected)
    return
  }
  const got = Object.entries(Object(actual))
  const want = new Map(Object.entries(Object(expected)))
  expect(got.map(([key]) => key).toSorted(), path).toEqual([...want.keys()].toSorted())
  for (const [key, value] of got) expectClose(value, want.get(key), absolute, `${path}.${key}`)
}

/** The cases of `vectors/scoring/<stage>.json`. */
export function readStage<I>(stage: string): { readonly source: string; readonly cases: readonly Case<I>[] } {
  const file = new URL(`../../../vectors/scoring/${stage}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** One test per case: what `compute` makes of the input is close to what is expected. */
export function checkStage<I>(stage: string, compute: (input: I) => unknown, absolute?: number): void {
  const { source, cases } = readStage<I>(stage)
  describe(`SPEC ${source} ${stage}`, () => {
    it('has at least 50 cases', () => expect(cases.length).toBeGreaterThanOrEqual(50))
    it.each(cases)('$name', ({ input, expected }) => expectClose(compute(input), expected, absolute))
  })
}
