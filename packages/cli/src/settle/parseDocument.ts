import type { z } from 'zod'
import { CliError } from '../cliError.ts'
import { describe } from './fields.ts'

type Issue = z.core.$ZodIssue
/** A fault of one field, for a sentence: where, and why. */
export type Fault = { readonly path: string; readonly reason: string }

const MOST_SHOWN = 10

/** Reads a document by its schema. Unknown fields are left out and named; any other fault is a `CliError` with its path. */
export function parseDocument<T>(
  schema: z.ZodType<T>,
  document: unknown,
  name: string,
): { readonly value: T; readonly unknown: readonly string[] } {
  const first = schema.safeParse(document, { error: sayIssue })
  if (first.success) return { value: first.data, unknown: [] }
  const issues = first.error.issues.flatMap((issue) => flatten(issue, []))
  const extra = issues.filter((issue) => issue.code === 'unrecognized_keys')
  const faults = issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .map((issue) => ({ path: formatPath(issue.path), reason: issue.message }))
  const unknown = extra.flatMap(({ path, keys }) => keys.map((key) => [...path, key]))
  // What is missing may stand there under another name.
  const misnamed = unknown.map((path) => ({ path: formatPath(path), reason: 'is not known' }))
  if (faults.length > 0) throw refusal(name, [...faults, ...misnamed])
  const { data } = schema.safeParse(unknown.reduce(without, document))
  if (data === undefined) throw new Error(`${name} did not parse without its unknown fields`)
  return { value: data, unknown: unknown.map(formatPath) }
}

/** The `CliError` that lists faults, one a line, the first ten of many. */
export function refusal(name: string, faults: readonly Fault[]): CliError {
  const lines = faults
    .slice(0, MOST_SHOWN)
    .map(({ path, reason }) => `${path === '' ? 'the document' : path} ${reason}`)
  const more = faults.length > MOST_SHOWN ? [`… and ${faults.length - MOST_SHOWN} more`] : []
  const [only] = lines
  if (lines.length === 1) return new CliError(2, `${name}: ${only}.`)
  return new CliError(2, [`${name} is refused:`, ...[...lines, ...more].map((line) => `  ${line}`)].join('\n'))
}

/** `inferences[0].value` */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`
      const text = String(part)
      return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) ? `.${text}` : `[${JSON.stringify(text)}]`
    })
    .join('')
    .replace(/^\./, '')
}

/** A choice between a schema and null fails with what is wrong inside the schema, where the value is not null. */
function flatten(issue: Issue, base: readonly PropertyKey[]): readonly Issue[] {
  const path = [...base, ...issue.path]
  if (issue.code !== 'invalid_union') return [{ ...issue, path }]
  const [inner = []] = issue.errors
  return inner.length === 0 ? [{ ...issue, path }] : inner.flatMap((one) => flatten(one, path))
}

/** The value without the field at the path; only what lies on the path is copied. */
function without(value: unknown, [head, ...rest]: readonly PropertyKey[]): unknown {
  if (Array.isArray(value)) return value.map((one: unknown, i) => (i === head ? without(one, rest) : one))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (rest.length === 0) return Object.fromEntries(entries.filter(([key]) => key !== head))
  return Object.fromEntries(entries.map(([key, one]) => [key, key === head ? without(one, rest) : one]))
}

function sayIssue(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_key') return 'is no legal name: 1 to 90 visible ASCII characters, not digits alone'
  if (issue.code === 'too_big') return `is longer than the ${issue.maximum} allowed`
  if (issue.input === undefined) return 'is missing'
  const expected = { object: 'an object', record: 'an object', array: 'a list', string: 'a text' }
  const kind = issue.code === 'invalid_type' ? issue.expected : ''
  return `must be ${Object.entries(expected).find(([key]) => key === kind)?.[1] ?? (kind || 'something else')}, got ${describe(issue.input)}`
}
