import { toHex } from '@starling/protocol/bytes/hex'

/** Longest sentence that a result carries, in characters. */
const LONGEST = 600

/**
 * A sentence that quotes a user, fit for other people's terminals and logs: characters that would move a cursor or
 * reverse the reading are escaped, and one that is too long is cut.
 */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  // Controls, line separators and marks of direction.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, asEscape)
}

function asEscape(character: string): string {
  const code = character.charCodeAt(0)
  return `\\u${toHex(Uint8Array.of(code >> 8, code & 0xff))}`
}
