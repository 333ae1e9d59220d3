import { shorten } from './shorten.ts'
import { tableFault } from './tableFault.ts'
import { tidyName } from './tidyName.ts'

/** Columns with a meaning of their own. */
export type Reserved = 'epoch' | 'available' | 'time' | 'key' | 'scale' | 'truth' | 'output'

/** A forecast column: whose loss it speaks of, and who speaks. */
export type ForecastColumn = { readonly at: number; readonly model: number; readonly forecaster: string }

/** What the columns of a table are; positions count from 0. */
export type Layout = {
  readonly names: readonly string[]
  readonly reserved: Readonly<Partial<Record<Reserved, number>>>
  readonly models: readonly { readonly name: string; readonly at: number }[]
  readonly forecasts: readonly ForecastColumn[]
  /** Position of each column that `--where` names. */
  readonly filters: readonly { readonly at: number; readonly value: string }[]
  readonly notes: readonly string[]
}

/** What a reader may leave out. */
export type Selection = {
  readonly ignore: readonly string[]
  readonly where: readonly { readonly column: string; readonly value: string }[]
}

const RESERVED: readonly Reserved[] = ['epoch', 'available', 'time', 'key', 'scale', 'truth', 'output']
const CARRIED = /^(?:ref|ctx)_/
/** Names of what is surely no model, and would be one by the rule that every other column is. */
const UNNAMED = /^unnamed: \d+(?:\.\d+)?$/i
/** Names that others give to the truth. */
const LOOKS_LIKE_TRUTH =
  /^(?:y_?true|actuals?|target|observ(?:ed|ations?)|outcomes?|ground_?truth|real(?:i[sz]ed)?|y_?test)$/i
const LOOKS_LIKE_TIME = /^(?:date|datetime|date_time|timestamp|ds)$/i

/** The roles of a header's columns. Throws a `StarlingError` for names that are missing, repeated or misleading. */
export function readHeader(name: string, cells: readonly string[], line: number, selection: Selection): Layout {
  const names = trimEnd(cells.map(tidyName))
  refuseBadNames(name, names, line)
  const ignored = new Set(selection.ignore.map(tidyName))
  for (const column of ignored) {
    if (!names.includes(column)) throw tableFault(name, { line }, `there is no column "${column}" to ignore.`)
  }
  const filters = selection.where.map(({ column: wanted, value }) => {
    const column = tidyName(wanted)
    const at = names.indexOf(column)
    if (at < 0) throw tableFault(name, { line }, `there is no column "${column}" for --where.`)
    if (reservedOf(column) === undefined) ignored.add(column)
    return { at, value }
  })
  const reserved = findReserved(name, names, line, ignored)
  const free = names
    .map((column, at) => ({ name: column, at }))
    .filter((one) => !ignored.has(one.name) && !CARRIED.test(one.name) && reservedOf(one.name) === undefined)
  const models = free.filter((one) => !one.name.includes('@'))
  for (const { name: column } of models) {
    if (LOOKS_LIKE_TIME.test(column)) {
      const said = 'looks like a time, and every column without a meaning of its own is a model'
      throw tableFault(name, { line, column }, `${said}. Call it time, or ctx_${column}, or say --ignore ${column}.`)
    }
    if (UNNAMED.test(column)) {
      const said = 'is what pandas calls a column without a name, most likely the numbers of the rows'
      throw tableFault(name, { line, column }, `${said}. Delete it, name it, or say --ignore "${column}".`)
    }
  }
  if (models.length === 0) {
    throw tableFault(name, { line }, 'there is no column of a model: every column that is not reserved is one.')
  }
  const { forecasts, notes } = findForecasts(free, models)
  const before = models.filter((model) => model.at < (reserved.truth ?? 0)).map((model) => model.name)
  const isMixed = before.length > 0 && before.length < models.length
  const odd = `read as models though before the truth: ${before.join(', ')} (--ignore NAME leaves a column out)`
  return { names, reserved, models, forecasts, filters, notes: [...notes, ...(isMixed ? [odd] : [])] }
}

/** A separator at the end of the header makes no column. */
function trimEnd(names: readonly string[]): readonly string[] {
  return names.at(-1) === '' ? trimEnd(names.slice(0, -1)) : names
}

function refuseBadNames(name: string, names: readonly string[], line: number): void {
  const unnamed = names.indexOf('')
  if (unnamed >= 0) {
    throw tableFault(name, { line }, `column ${unnamed + 1} has no name. Name it, or delete it if it only counts rows.`)
  }
  const seen = new Map<string, number>()
  for (const [at, column] of names.entries()) {
    const first = seen.get(column)
    if (first !== undefined) {
      const said = `columns ${first + 1} and ${at + 1} have the same name. Give each model a name of its own.`
      throw tableFault(name, { line, column }, said)
    }
    seen.set(column, at)
  }
}

function reservedOf(column: string): Reserved | undefined {
  const lower = column.toLowerCase()
  return lower === 'y' ? 'truth' : RESERVED.find((one) => one === lower)
}

function findReserved(
  name: string,
  names: readonly string[],
  line: number,
  ignored: ReadonlySet<string>,
): Layout['reserved'] {
  const reserved: Partial<Record<Reserved, number>> = {}
  for (const [at, column] of names.entries()) {
    const role = reservedOf(column)
    if (role === undefined || ignored.has(column)) continue
    if (reserved[role] !== undefined) {
      const said = `a second column for the ${role}, beside column ${reserved[role] + 1}. Leave one out with --ignore.`
      throw tableFault(name, { line, column }, said)
    }
    reserved[role] = at
  }
  if (reserved.truth === undefined) throw tableFault(name, { line }, sayNoTruth(names))
  return reserved
}

function sayNoTruth(names: readonly string[]): string {
  const said = 'there is no column "truth" (or "y")'
  const [only = ''] = names
  if (names.length === 1) {
    const todo = 'The first line must be the header, its cells separated by commas, semicolons, tabs or bars'
    return `${said}: the line is one cell, "${shorten(only)}". ${todo}.`
  }
  const likely = names.find((column) => LOOKS_LIKE_TRUTH.test(column))
  const shown = names.slice(0, 8).map((column) => shorten(column))
  const hint = likely === undefined ? '' : ` Is it "${likely}"? Then call that column truth.`
  return `${said}. The header has: ${shown.join(', ')}.${hint}`
}

function findForecasts(
  free: readonly { readonly name: string; readonly at: number }[],
  models: Layout['models'],
): Pick<Layout, 'forecasts' | 'notes'> {
  const forecasts: ForecastColumn[] = []
  const notes: string[] = []
  for (const { name, at } of free) {
    const split = name.lastIndexOf('@')
    if (split < 0) continue
    const model = models.findIndex((one) => one.name === name.slice(0, split))
    if (model >= 0) forecasts.push({ at, model, forecaster: name.slice(split + 1) })
    else
      notes.push(`column "${name}" forecasts the loss of "${name.slice(0, split)}", which is no model here: not used`)
  }
  return { forecasts, notes }
}
