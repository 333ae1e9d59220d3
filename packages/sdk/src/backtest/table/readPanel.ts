import type { Panel, PanelKind } from '../panel.ts'
import { createCaseBook } from './createCaseBook.ts'
import { createCellReader } from './createCellReader.ts'
import { createColumn } from './createColumn.ts'
import { packCases } from './packCases.ts'
import { type Layout, readHeader, type Selection } from './readHeader.ts'
import { readRecords, type TableRecord } from './readRecords.ts'
import { tableFault } from './tableFault.ts'

/** How a table is to be read. */
export type ReadOptions = Partial<Selection> & {
  /** Decides how decimals are written, where the table itself leaves it open. */
  readonly decimal?: 'comma' | 'dot'
  /** Decides what the long form holds; by default quantiles where the first output is a number between 0 and 1. */
  readonly kind?: PanelKind
}

/**
 * Reads a table of history from CSV text in pieces. Nothing is dropped in silence: what cannot be read is refused with
 * line and column, what is left out is counted. Throws a `StarlingError` (`bad-input`).
 *
 * @example
 * const panel = await readPanel('panel.csv', file.stream().pipeThrough(new TextDecoderStream()))
 */
export async function readPanel(
  name: string,
  pieces: AsyncIterable<string>,
  options: ReadOptions = {},
): Promise<Panel> {
  let table: Table | undefined
  // Rows of nothing but separators: at the end of the file they are the blank lines of a spreadsheet, elsewhere rows.
  let empty: TableRecord[] = []
  let above = 0
  for await (const { delimiter, records, comments } of readRecords(name, pieces)) {
    above = comments
    for (const record of records) {
      if (record.cells.every((cell) => cell.trim() === '')) {
        if (table !== undefined) empty.push(record)
        continue
      }
      if (table === undefined) {
        const selection = { ignore: options.ignore ?? [], where: options.where ?? [] }
        table = createTable(name, readHeader(name, record.cells, record.line, selection), delimiter, options)
        continue
      }
      for (const one of empty) table.add(one)
      empty = []
      table.add(record)
    }
  }
  if (table === undefined) throw tableFault(name, {}, 'the file is empty.')
  const panel = table.finish()
  return above === 0 ? panel : { ...panel, notes: [sayComments(above), ...panel.notes] }
}

function sayComments(count: number): string {
  const [lines, begin, were] = count === 1 ? ['line', 'begins', 'was'] : ['lines', 'begin', 'were']
  return `${count} ${lines} above the header ${begin} with # and ${were} not read`
}

type Table = { readonly add: (record: TableRecord) => void; readonly finish: () => Panel }

function createTable(name: string, layout: Layout, delimiter: string, options: ReadOptions): Table {
  const { names, models, forecasts } = layout
  const cells = createCellReader(name, options.decimal)
  const book = createCaseBook(name, layout, options.kind)
  const columns = models.map(() => createColumn())
  const beliefs = forecasts.map(() => createColumn())
  const absent = { empty: 0, spelled: 0 }
  let leftOut = 0
  return {
    add: ({ line, cells: record }) => {
      checkWidth(name, names.length, record, line, delimiter)
      if (layout.filters.some(({ at, value }) => record[at]?.trim() !== value)) {
        leftOut += 1
        return
      }
      book.add(record, line, cells.read)
      for (const [i, model] of models.entries()) {
        columns[i]?.push(cells.read(record[model.at] ?? '', line, model.name, absent))
      }
      for (const [i, forecast] of forecasts.entries()) {
        beliefs[i]?.push(cells.read(record[forecast.at] ?? '', line, names[forecast.at] ?? ''))
      }
    },
    finish: () => {
      const doubts = cells.finish()
      const rows = book.finish()
      if (rows.caseOf.length === 0) {
        const said = leftOut === 0 ? 'there is no row below the header.' : `--where left out all ${leftOut} rows.`
        throw tableFault(name, {}, said)
      }
      const { notes, ...cases } = rows
      const values = columns.map((column) => column.toArray())
      const counters = models.filter((_, i) => countsRows(values[i] ?? new Float64Array(), rows.truth))
      return {
        ...cases,
        models: models.map((model) => model.name),
        values: values.map((column) => packCases(column, rows)),
        forecasts: forecasts.map(({ model, forecaster }, i) => ({
          model,
          forecaster,
          values: firstOfCase(beliefs[i]?.toArray() ?? new Float64Array(), rows),
        })),
        rows: rows.caseOf.length,
        leftOut,
        absent,
        notes: [...layout.notes, ...doubts, ...counters.map((model) => sayCounter(model.name)), ...notes],
      }
    },
  }
}

function checkWidth(name: string, width: number, record: readonly string[], line: number, delimiter: string): void {
  if (record.length === width) return
  const isPadded = record.length > width && record.slice(width).every((cell) => cell.trim() === '')
  if (isPadded) return
  const hint = record[0]?.trim().startsWith('#')
    ? 'It begins with #: only comments above the header are passed over. Delete the line.'
    : delimiter === ','
      ? 'A number with a decimal comma needs quotes, or a semicolon between the cells.'
      : 'A cell that holds the separator needs quotes.'
  throw tableFault(name, { line }, `${record.length} fields, but the header has ${width}. ${hint}`)
}

/** Of a case's rows, the first that says something. */
function firstOfCase(values: Float64Array, { caseOf, truth }: Pick<Panel, 'caseOf' | 'truth'>): Float64Array {
  const first = new Float64Array(truth.length).fill(Number.NaN)
  for (const [row, value] of values.entries()) {
    const at = caseOf[row] ?? 0
    if (Number.isNaN(first[at] ?? 0)) first[at] = value
  }
  return first
}

/** Fewer rows than this rise by one for other reasons. */
const LEAST_COUNTED = 3

/** Whether a column goes up by one from row to row, and is not just right for it. */
function countsRows(column: Float64Array, truth: Float64Array): boolean {
  const [first = Number.NaN] = column
  if (column.length < LEAST_COUNTED || !column.every((value, row) => value === first + row)) return false
  return column.some((value, row) => value !== truth[row])
}

function sayCounter(column: string): string {
  return `column "${column}" counts the rows: is it a model? (--ignore ${column} leaves it out)`
}
