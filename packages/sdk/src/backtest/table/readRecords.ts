import Papa from 'papaparse'
import { StarlingError } from '../../starlingError.ts'
import { DELIMITERS, skipPreamble } from './skipPreamble.ts'
import { splitRecords } from './splitRecords.ts'

/** Cells of one row as text, with the line of the file it begins on, counted from 1. */
export type TableRecord = { readonly line: number; readonly cells: readonly string[] }

/** The records of one block, and what separates cells in this file. */
export type RecordBlock = {
  readonly delimiter: string
  readonly records: readonly TableRecord[]
  /** Comments above the header, in all blocks so far. */
  readonly comments: number
}

/** Characters in which the separator is looked for. */
const LONGEST_HEADER = 65536
/** `sep=;` above the header tells spreadsheets the separator. */
const HINT = /^\uFEFF?"?sep=(.)"?$/i

/**
 * The records of a CSV text that comes in pieces, block by block; blank lines and comments above the header are left out.
 * The separator is what the first line has most of: comma, semicolon, tab or bar. Throws a `StarlingError` (`bad-input`)
 * with the line for broken quotes.
 */
export async function* readRecords(name: string, pieces: AsyncIterable<string>): AsyncGenerator<RecordBlock> {
  let line = 1
  let comments = 0
  let delimiter: string | undefined
  for await (const block of splitRecords(name, pieces)) {
    let body = block
    if (delimiter === undefined) {
      const preamble = skipPreamble(name, block, line)
      line += preamble.lines
      comments += preamble.comments
      body = preamble.rest
      if (body === '') continue
      const [first = ''] = body.slice(0, LONGEST_HEADER).split('\n', 1)
      const [, told] = HINT.exec(trimSpaces(first)) ?? []
      delimiter = told ?? findDelimiter(body)
      if (told !== undefined) {
        line += 1
        body = body.slice(first.length + 1)
      }
    }
    const records: TableRecord[] = []
    for (const cells of parseBlock(name, body.endsWith('\n') ? body.slice(0, -1) : body, delimiter, line)) {
      if (!isBlankLine(cells)) records.push({ line, cells })
      line += 1 + cells.reduce((feeds, cell) => feeds + countFeeds(cell), 0)
    }
    yield { delimiter, records, comments }
  }
}

function parseBlock(name: string, body: string, delimiter: string, firstLine: number): readonly string[][] {
  if (body === '') return [['']]
  const { data, errors } = Papa.parse<string[]>(body, { delimiter, newline: '\n' })
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault !== undefined) {
    const before = data.slice(0, fault.row ?? 0).flat()
    const line = firstLine + (fault.row ?? 0) + before.reduce((feeds, cell) => feeds + countFeeds(cell), 0)
    const said = 'a quotation mark is not closed, or text follows a closed one'
    throw new StarlingError('bad-input', `${name}, line ${line}: ${said}. Write "" for a quotation mark in quotes.`)
  }
  return data
}

function countFeeds(text: string): number {
  let feeds = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) feeds += 1
  return feeds
}

function isBlankLine(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]?.trim() === ''
}

/** A tab may be what is told. */
function trimSpaces(text: string): string {
  return text.replace(/^ +| +$/g, '')
}

function findDelimiter(block: string): string {
  const bare = block.slice(0, LONGEST_HEADER).replace(/"[^"]*"/g, 'x')
  const [first = ''] = bare.split('\n', 1)
  const counts = DELIMITERS.map((candidate) => ({ candidate, count: first.split(candidate).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).candidate
}
