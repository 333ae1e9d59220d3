/** What programs write where there is no number: R, pandas, spreadsheets, SQL, SAS, Weka, old C libraries. */
const WORDS = new Set([
  'na',
  'n/a',
  'n.a.',
  '#n/a',
  '#n/a n/a',
  '#na',
  '<na>',
  'nan',
  '-nan',
  '+nan',
  '1.#qnan',
  '-1.#qnan',
  '1.#ind',
  '-1.#ind',
  'null',
  '<null>',
  '(null)',
  '#null!',
  '\\n',
  'none',
  'nil',
  'nat',
  'missing',
  'undefined',
  '-',
  '--',
  '–',
  '—',
  '.',
  '?',
])

/** Whether a trimmed cell is a word for nothing, in upper or lower case. */
export function isAbsentWord(cell: string): boolean {
  return WORDS.has(cell.toLowerCase())
}
