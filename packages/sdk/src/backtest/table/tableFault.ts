import { StarlingError } from '../../starlingError.ts'
import { shorten } from './shorten.ts'

/** Characters of a column's name that a message shows. */
const LONGEST_NAME = 60

/** A place in a table, for people: lines counted from 1, the header's included. */
export type Place = { readonly line?: number; readonly column?: string }

/** The refusal of a table: file, line, column, then what is wrong and what to do. */
export function tableFault(name: string, { line, column }: Place, sentence: string): StarlingError {
  const at = [
    name,
    line === undefined ? [] : `line ${line}`,
    column === undefined ? [] : `column "${shorten(column, LONGEST_NAME)}"`,
  ].flat()
  return new StarlingError('bad-input', `${at.join(', ')}: ${sentence}`)
}
