import { spell } from './bits.ts'

// What the vectors' tests use of vitest: runs them at once, counts, and keeps the sentences of those that fail.

/** How the tests went. */
export const outcome = { passed: 0, faults: [] as string[] }

function same(actual: unknown, expected: unknown, holds: boolean): void {
  if (!holds) throw new Error(`${spell(actual).slice(0, 300)} instead of ${spell(expected).slice(0, 300)}`)
}

/** As in vitest, for plain values. */
export const expect = (actual: unknown) => ({
  toBe: (expected: unknown): void => same(actual, expected, Object.is(actual, expected)),
  toEqual: (expected: unknown): void => same(actual, expected, spell(actual) === spell(expected)),
  toBeGreaterThanOrEqual: (least: number): void => same(actual, least, typeof actual === 'number' && actual >= least),
})

type Body<C> = (one: C, ...more: unknown[]) => void

const spread = <C>(run: Body<C>, one: C): void =>
  Array.isArray(one) ? (run as (...parts: unknown[]) => void)(...one) : run(one)

/** A group runs at once. */
export function describe(_title: string, run: () => void): void {
  run()
}
describe.each =
  <C>(cases: readonly C[]) =>
  (_title: string, run: Body<C>): void => {
    for (const one of cases) spread(run, one)
  }

/** A test runs at once. */
export function it(title: string, run: () => void): void {
  try {
    run()
    outcome.passed += 1
  } catch (error) {
    outcome.faults.push(`${title}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
it.each =
  <C>(cases: readonly C[]) =>
  (title: string, run: Body<C>): void => {
    for (const one of cases) it(title, () => spread(run, one))
  }
