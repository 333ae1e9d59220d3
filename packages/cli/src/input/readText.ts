import { createReadStream } from 'node:fs'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'

/** What a text is called in an error: its file, or the standard input. */
export function nameOfInput(path: string): string {
  return path === '-' ? 'standard input' : path
}

/**
 * The whole text of a file, or of stdin for `-`. Throws a `CliError`: 3 where it cannot be read, 2 where it is longer
 * than `maxBytes` or no UTF-8.
 */
export async function readText(
  path: string,
  maxBytes: number,
  { stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>,
): Promise<string> {
  if (path === '-' && stdin.isTTY === true) stderr.write('Reading from the terminal; Ctrl-D ends the text.\n')
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of path === '-' ? stdin : createReadStream(path)) {
      chunks.push(Buffer.from(chunk))
      bytes += chunk.length
      if (bytes > maxBytes) throw new CliError(2, `${nameOfInput(path)} has more than the ${maxBytes} bytes allowed.`)
    }
  } catch (error) {
    if (error instanceof CliError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(3, `${nameOfInput(path)} cannot be read: ${reason}.`, { cause: error })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    throw new CliError(2, `${nameOfInput(path)} is not UTF-8 text.`, { cause: error })
  }
}
