import { tableFault } from './tableFault.ts'

/** What separates cells, the likelier ones first. */
export const DELIMITERS: readonly string[] = [',', ';', '\t', '|']

const JSON_BEGINS = /^(?:[{[]|\{\s*".*|\[\s*["{[].*)$/

/** The text from the first line on that is neither blank nor a comment, how many lines stand before it, and how many of those are comments. */
export type Preamble = { readonly rest: string; readonly lines: number; readonly comments: number }

/**
 * Passes over blank lines and comments (`# …`) above a header. Throws a `StarlingError` (`bad-input`) for a header that
 * has become a comment, and for JSON.
 */
export function skipPreamble(name: string, text: string, firstLine: number): Preamble {
  let [at, lines, comments] = [0, 0, 0]
  while (at < text.length) {
    const feed = text.indexOf('\n', at)
    const end = feed < 0 ? text.length : feed
    const line = text.slice(at, end).trim()
    if (line.startsWith('#')) {
      if (isHeader(line.slice(1))) {
        throw tableFault(name, { line: firstLine + lines }, 'the header begins with "#". Delete that mark.')
      }
      comments += 1
    } else if (line !== '') {
      if (JSON_BEGINS.test(line)) {
        const said = 'this is JSON. Write the table as CSV: a header, then a line for each row.'
        throw tableFault(name, { line: firstLine + lines }, said)
      }
      break
    }
    lines += 1
    at = end + 1
  }
  return { rest: text.slice(at), lines, comments }
}

function isHeader(line: string): boolean {
  return DELIMITERS.some((delimiter) => {
    const cells = line.split(delimiter).map((cell) => cell.trim().toLowerCase())
    return cells.length > 1 && (cells.includes('truth') || cells.includes('y'))
  })
}
