import Papa from 'papaparse'
import { StarlingError } from '../../starlingError.ts'
import { splitRecords } from './splitRecords.ts'

/** Cells of one row as text, with the line of the file it begins on, counted from 1. */
export type TableRecord = { readonly line: number; readonly cells: readonly string[] }

/** The records of one block, and what separates cells in this file. */
export type RecordBlock = { readonly delimiter: string; readonly records: readonly TableRecord[] }

/** Characters in which the separator is looked for. */
const LONGEST_HEADER = 65536
const DELIMITERS = [',', ';', '\t', '|']

/**
 * The records of a CSV text that comes in pieces, block by block, blank lines left out. The separator is what the first
 * line has most of: comma, semicolon, tab or bar. Throws a `StarlingError` (`bad-input`) with the line for broken quotes.
 */
export async function* readRecords(name: string, pieces: AsyncIterable<string>): AsyncGenerator<RecordBlock> {
  let line = 1
  let delimiter: string | undefined
  for await (const block of splitRecords(name, pieces)) {
    if (delimiter === undefined) {
      if (block.trim() === '') {
        line += countFeeds(block)
        continue
      }
      delimiter = findDelimiter(block)
    }
    const body = block.endsWith('\n') ? block.slice(0, -1) : block
    const records: TableRecord[] = []
    for (const cells of parseBlock(name, body, delimiter, line)) {
      if (!isBlankLine(cells) && !isHint(cells, line)) records.push({ line, cells })
      line += 1 + cells.reduce((feeds, cell) => feeds + countFeeds(cell), 0)
    }
    yield { delimiter, records }
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

/** `sep=;` on the first line tells spreadsheets the separator. */
function isHint(cells: readonly string[], line: number): boolean {
  return line === 1 && /^sep=/i.test(cells[0] ?? '')
}

function findDelimiter(block: string): string {
  const bare = block.slice(0, LONGEST_HEADER).replace(/"[^"]*"/g, 'x')
  const first = bare.split('\n').find((text) => text.trim() !== '') ?? ''
  const [, told] = /^sep=(.)$/i.exec(first.trim()) ?? []
  if (told !== undefined) return told
  const counts = DELIMITERS.map((candidate) => ({ candidate, count: first.split(candidate).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).candidate
}
