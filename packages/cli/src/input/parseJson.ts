import { CliError } from '../cliError.ts'

/** Longest literal that a double prints as; longer ones have digits that a double would silently drop. */
const LONGEST_LITERAL = 25
const TOKEN = /["NI\-0-9]/g
const LITERAL = /-?(?:NaN|Infinity|[0-9][0-9.eE+-]*)/y

/**
 * Reads JSON text so that no number changes on the way: a literal that a double cannot hold (`1e999`, `1e-2147483648`,
 * a hundred digits), `NaN` and `Infinity` arrive as text, to be judged by whoever knows the field. Throws a `CliError`
 * that names the place, line and column where the text is no JSON.
 */
export function parseJson(text: string, name: string): unknown {
  if (text.trim() === '') throw new CliError(2, `${name} is empty; expected one JSON document.`)
  const { quoted, places } = quoteOddNumbers(text)
  try {
    return JSON.parse(quoted)
  } catch (error) {
    throw new CliError(2, `${name} is no JSON: ${describe(error, text, places)}.`, { cause: error })
  }
}

/** The text with odd literals in quotation marks, and where they began. */
function quoteOddNumbers(text: string): { readonly quoted: string; readonly places: readonly number[] } {
  const parts: string[] = []
  const places: number[] = []
  let done = 0
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    if (match[0] === '"') {
      TOKEN.lastIndex = endOfString(text, match.index)
      continue
    }
    LITERAL.lastIndex = match.index
    const [literal] = LITERAL.exec(text) ?? ['']
    TOKEN.lastIndex = match.index + Math.max(1, literal.length)
    if (literal === '' || !isOdd(literal)) continue
    parts.push(text.slice(done, match.index), `"${literal}"`)
    places.push(match.index)
    done = match.index + literal.length
  }
  parts.push(text.slice(done))
  return { quoted: parts.join(''), places }
}

/** Index behind the closing quotation mark of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1
    else if (text[i] === '"') return i + 1
  }
  return text.length
}

function isOdd(literal: string): boolean {
  if (literal.length > LONGEST_LITERAL) return true
  const value = Number(literal)
  if (literal.endsWith('NaN') || Math.abs(value) === Number.POSITIVE_INFINITY) return true
  return value === 0 && /[1-9]/.test(literal.split(/[eE]/, 1)[0] ?? '')
}

/** Where and why, from the parser's message, which counts the quotation marks that were put in. */
function describe(error: unknown, text: string, places: readonly number[]): string {
  const message = error instanceof Error ? error.message : String(error)
  const [, digits] = /position ([0-9]+)/.exec(message) ?? []
  if (digits === undefined) return message.startsWith('Unexpected end') ? 'it ends too early' : message
  let position = Number(digits)
  for (const place of places) if (place < position) position -= Math.min(2, position - place)
  const before = text.slice(0, position).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const [reason = message] = message.split(/(?: in JSON)? at position/)
  return `${reason} at line ${before.length}, column ${column}`
}
