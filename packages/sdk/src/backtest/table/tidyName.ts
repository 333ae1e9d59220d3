/** Characters that take no room: two names that differ in them alone look the same. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g

/** A column's name without what nobody sees: composed letters, no invisible characters, no space around it. */
export function tidyName(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').trim()
}
