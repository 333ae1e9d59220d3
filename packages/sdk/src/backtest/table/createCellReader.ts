import { isAbsentWord } from './isAbsentWord.ts'
import { shorten } from './shorten.ts'
import { type Place, tableFault } from './tableFault.ts'

/** How many cells held nothing, and how many a word for it. */
export type AbsentCells = { empty: number; spelled: number }

/** Reads cells as numbers. */
export type CellReader = {
  /** The number of a cell, NaN for an absent one, which `tally` counts. Throws a `StarlingError` where it is neither. */
  readonly read: (text: string, line: number, column: string, tally?: AbsentCells) => number
  /** To be called after the last cell: refuses what only the whole file shows to be ambiguous, and notes what may be. */
  readonly finish: () => readonly string[]
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const COMMA_NUMBER = /^([+-]?)(\d*),(\d+)(e[+-]?\d+)?$/i
const INFINITE = /^[+-]?(?:inf|infinity|∞)$/i
/** Numbers of a file whose dots could all be separators of thousands. */
const SMALL = /^[+-]?\d{1,3}$/
const DOT_GROUPED = /^[+-]?[1-9]\d{0,2}\.\d{3}$/
/** Digits in groups of three behind something that separates them. */
const GROUPED = /^[+-]?\d{1,3}(?:[.,'’_\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?$/

const THOUSANDS = 'Write it without separators of thousands, as 1234.5.'

/**
 * A reader of number cells. A decimal comma is taken where nothing contradicts it: one way of writing in the whole file,
 * and at least one number that cannot be a count of thousands; `decimal` decides it beforehand.
 */
export function createCellReader(name: string, decimal?: 'comma' | 'dot'): CellReader {
  let dot: (Place & { readonly text: string }) | undefined
  let comma: (Place & { readonly text: string }) | undefined
  let isProven = decimal === 'comma'
  // Whether every dot so far may stand for thousands, and whether a number below 1000 goes without.
  let mayGroup = decimal === undefined
  let hasSmall = false
  const judgeGroups = (cell: string): void => {
    if (SMALL.test(cell)) hasSmall = true
    else if (!DOT_GROUPED.test(cell)) mayGroup = false
  }

  const readOther = (cell: string, line: number, column: string, tally?: AbsentCells): number => {
    if (isAbsentWord(cell)) {
      if (tally !== undefined) tally.spelled += 1
      return Number.NaN
    }
    const [, sign, whole, fraction, exponent] = decimal === 'dot' ? [] : (COMMA_NUMBER.exec(cell) ?? [])
    if (whole === undefined || fraction === undefined) throw tableFault(name, { line, column }, faultOf(cell))
    comma ??= { line, column, text: shorten(cell) }
    if (fraction.length !== 3 || /^0?$/.test(whole) || whole.length > 3 || exponent !== undefined) isProven = true
    return finite(`${sign}${whole || 0}.${fraction}${exponent ?? ''}`, cell, line, column)
  }
  const finite = (text: string, shown: string, line: number, column: string): number => {
    const value = Number(text)
    // As on the wire there is one zero. SPEC GR-1
    if (Number.isFinite(value)) return value + 0
    throw tableFault(
      name,
      { line, column },
      `"${shorten(shown)}" is beyond the range of numbers. Leave the cell empty.`,
    )
  }
  return {
    read: (text, line, column, tally) => {
      const cell = text.trim()
      if (cell === '') {
        if (tally !== undefined) tally.empty += 1
        return Number.NaN
      }
      if (!NUMBER.test(cell)) return readOther(cell, line, column, tally)
      if (dot === undefined && cell.includes('.')) dot = { line, column, text: shorten(cell) }
      if (mayGroup) judgeGroups(cell)
      return finite(cell, cell, line, column)
    },
    finish: () => {
      if (comma !== undefined && dot !== undefined) {
        const other = `line ${dot.line}, column "${dot.column}" has "${dot.text}"`
        throw tableFault(
          name,
          comma,
          `"${comma.text}" has a decimal comma or thousands, but ${other}. Write all one way.`,
        )
      }
      if (comma !== undefined && !isProven) {
        const asked = 'is it a decimal comma or thousands? Say --decimal comma, or write the numbers without separators'
        throw tableFault(name, comma, `"${comma.text}": ${asked}.`)
      }
      if (decimal === 'comma' && dot !== undefined) {
        throw tableFault(name, dot, `"${dot.text}" has a dot, but the decimals were said to have commas. ${THOUSANDS}`)
      }
      if (dot === undefined || !mayGroup || !hasSmall) return []
      const said = `line ${dot.line}, column "${dot.column}": the dot in "${dot.text}" was read as a decimal one`
      return [`${said}, but every dot of the file could be one of thousands (--decimal dot says that it is none)`]
    },
  }
}

function faultOf(cell: string): string {
  const shown = shorten(cell)
  if (INFINITE.test(cell)) return `"${shown}" is infinite. Leave the cell empty where a model has no answer.`
  if (GROUPED.test(cell)) return `"${shown}" is grouped in thousands. ${THOUSANDS}`
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(cell)) {
    return `"${shown}" is a date, not a number. Call the column time, or ctx_… to carry it along, or leave it out with --ignore.`
  }
  if (cell.endsWith('%')) return `"${shown}" is a percentage. Write a plain number.`
  return `"${shown}" is not a number. Leave the cell empty for no answer; call a column that is no model ctx_…, or leave it out with --ignore.`
}
