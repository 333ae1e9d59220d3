import { StarlingError } from '../../starlingError.ts'

/** No row of numbers is longer; what goes on longer has lost a quotation mark. */
const LONGEST_RECORD = 32 * 1024 * 1024

/**
 * Text in any pieces, cut again where records end: every block holds whole records, line feeds inside quotes do not end
 * one. Line ends come out as line feeds, whatever they were. Throws a `StarlingError` (`bad-input`) where a record does
 * not end within 32 MB.
 */
export async function* splitRecords(name: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + piece
    const end = endOfRecords(text)
    if (end > 0) yield unifyLineEnds(text.slice(0, end))
    rest = text.slice(end)
    if (rest.length > LONGEST_RECORD) {
      throw new StarlingError('bad-input', `${name}: no line ends within 32 MB. Is a quotation mark left open?`)
    }
  }
  if (rest !== '') yield unifyLineEnds(rest)
}

/** The index behind the last line feed outside quotes; 0 where there is none. */
function endOfRecords(text: string): number {
  let end = 0
  let from = 0
  while (true) {
    const opening = text.indexOf('"', from)
    const until = opening < 0 ? text.length : opening
    const feed = until === 0 ? -1 : text.lastIndexOf('\n', until - 1)
    if (feed >= from) end = feed + 1
    if (opening < 0) return end
    const closing = text.indexOf('"', opening + 1)
    if (closing < 0) return end
    from = closing + 1
  }
}

function unifyLineEnds(block: string): string {
  return block.includes('\r') ? block.replace(/\r\n?/g, '\n') : block
}
