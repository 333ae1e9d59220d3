import { QueryError } from './queryError.ts'

/** Operators that compare a value. */
export type Comparison = '=' | '<' | '<=' | '>' | '>='

/** What a value is compared with. A number keeps its decimal text; a time is in milliseconds since 1970. */
export type Operand =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'time'; readonly value: number }

/** One condition; a query is all of its conditions. */
export type Condition =
  | { readonly key: string; readonly op: 'EXISTS' }
  | { readonly key: string; readonly op: 'CONTAINS'; readonly value: string }
  | { readonly key: string; readonly op: Comparison; readonly operand: Operand }

/** A parsed query with the text that it came from. */
export type Query = { readonly text: string; readonly conditions: readonly Condition[] }

type Cursor = { readonly text: string; at: number }

const EXAMPLE = `tm.event='Tx' AND tx.height>5 AND message.sender='ADDRESS'`
const NUMBER = /^-?\d+(\.\d+)?$/

/** Parses CometBFT's query language; throws `QueryError` with the position of what is wrong. */
export function parseQuery(text: string): Query {
  const cursor: Cursor = { text, at: 0 }
  skipSpace(cursor)
  if (cursor.at === text.length) {
    throw new QueryError(`the query is empty; expected at least one condition, for example ${EXAMPLE}.`, 0)
  }
  refuseQuotedWhole(cursor)
  const conditions = [parseCondition(cursor)]
  for (skipSpace(cursor); cursor.at < text.length; skipSpace(cursor)) {
    parseAnd(cursor)
    conditions.push(parseCondition(cursor))
  }
  return { text, conditions }
}

function skipSpace(cursor: Cursor): void {
  cursor.at += take(cursor, /\s*/y).length
}

/** The text that the sticky pattern matches here; does not move the cursor. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at
  return pattern.exec(cursor.text)?.[0] ?? ''
}

function refuseQuotedWhole({ text, at }: Cursor): void {
  const whole = /^"(.*)"$/s.exec(text.trim())?.[1]
  if (whole !== undefined) throw new QueryError('the whole query is in double quotes; write it bare.', at, whole)
}

function parseAnd(cursor: Cursor): void {
  const word = take(cursor, /\S+/y)
  if (word === 'AND') {
    cursor.at += word.length
    return
  }
  const { text, at } = cursor
  const corrected = word.toUpperCase() === 'AND' ? `${text.slice(0, at)}AND${text.slice(at + word.length)}` : undefined
  throw new QueryError(`found "${word}"; expected AND (in capitals; there is no OR) or the end.`, at, corrected)
}

function parseCondition(cursor: Cursor): Condition {
  skipSpace(cursor)
  const key = take(cursor, /[\w./-]+/y)
  if (key === '' || key === 'AND') {
    throw new QueryError(
      `expected an event attribute such as tx.height or message.sender, found ${here(cursor)}.`,
      cursor.at,
    )
  }
  cursor.at += key.length
  skipSpace(cursor)
  const op = take(cursor, /<=|>=|[<>=]|(EXISTS|CONTAINS)(?![\w./-])/y)
  if (op === '') {
    throw new QueryError(`expected =, <, <=, >, >=, CONTAINS or EXISTS, found ${here(cursor)}.`, cursor.at)
  }
  cursor.at += op.length
  if (op === 'EXISTS') return { key, op }
  skipSpace(cursor)
  const start = cursor.at
  const operand = parseOperand(cursor)
  if (op === 'CONTAINS') return { key, op, value: stringOnly(cursor, start, operand, key) }
  if (op === '=') return { key, op, operand: withHashCase(key, operand) }
  refuseRangeOfString(cursor, start, operand, op)
  return { key, op: op as Comparison, operand }
}

function here({ text, at }: Cursor): string {
  return at >= text.length ? 'the end of the query' : `"${text.slice(at, at + 12)}"`
}

function parseOperand(cursor: Cursor): Operand {
  const { text, at } = cursor
  if (text[at] === "'") return { kind: 'string', value: parseString(cursor) }
  const time = /(?:TIME|DATE)\s+\S+/y
  const timeText = take(cursor, time)
  if (timeText !== '') return parseTime(cursor, timeText)
  const quoted = take(cursor, /"[^"]*"/y)
  if (quoted !== '') throw needsQuotes(cursor, quoted, quoted.slice(1, -1))
  const word = take(cursor, /[^\s]+/y)
  if (word === '' || word === 'AND') throw new QueryError(`expected a value, found ${here(cursor)}.`, at)
  if (/^[=<>!]/.test(word)) throw new QueryError(`"${word[0]}" does not follow an operator; expected a value.`, at)
  if (!NUMBER.test(word)) throw needsQuotes(cursor, word, word.replaceAll("'", ''))
  cursor.at += word.length
  return { kind: 'number', value: word }
}

function needsQuotes({ text, at }: Cursor, found: string, value: string): QueryError {
  const corrected = `${text.slice(0, at)}'${value}'${text.slice(at + found.length)}`
  return new QueryError(`${found} is a string and must stand in single quotes.`, at, corrected)
}

function parseString(cursor: Cursor): string {
  const quoted = take(cursor, /'(?:\\['\\]|[^'])*'/y)
  if (quoted === '') {
    const { text, at } = cursor
    throw new QueryError('the string has no closing single quote.', at, `${text.trimEnd()}'`)
  }
  cursor.at += quoted.length
  const next = cursor.text[cursor.at]
  if (next !== undefined && !/\s/.test(next)) {
    throw new QueryError(`"${next}" follows a closing quote; expected a space and AND, or the end.`, cursor.at)
  }
  return quoted.slice(1, -1).replace(/\\(['\\])/g, '$1')
}

function parseTime(cursor: Cursor, found: string): Operand {
  const [word = '', text = ''] = found.split(/\s+/)
  const shape = word === 'DATE' ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
  const value = Date.parse(text)
  if (!shape.test(text) || Number.isNaN(value)) {
    const example = word === 'DATE' ? 'DATE 2026-01-31' : 'TIME 2026-01-31T12:00:00Z'
    throw new QueryError(`"${text}" is not a ${word.toLowerCase()}; expected for example ${example}.`, cursor.at)
  }
  cursor.at += found.length
  return { kind: 'time', value }
}

function stringOnly({ text, at }: Cursor, start: number, operand: Operand, key: string): string {
  if (operand.kind === 'string') return key === 'tx.hash' ? operand.value.toUpperCase() : operand.value
  const corrected = `${text.slice(0, start)}'${text.slice(start, at)}'${text.slice(at)}`
  throw new QueryError('CONTAINS looks for a string, which must stand in single quotes.', start, corrected)
}

function refuseRangeOfString({ text, at }: Cursor, start: number, operand: Operand, op: string): void {
  if (operand.kind !== 'string') return
  const bare = `${text.slice(0, start)}${operand.value}${text.slice(at)}`
  const corrected = NUMBER.test(operand.value) ? bare : undefined
  throw new QueryError(`${op} compares numbers, TIME or DATE, not strings.`, start, corrected)
}

/** Hashes are stored in capitals; a query may write them either way. */
function withHashCase(key: string, operand: Operand): Operand {
  if (key !== 'tx.hash' || operand.kind !== 'string') return operand
  return { kind: 'string', value: operand.value.toUpperCase() }
}
