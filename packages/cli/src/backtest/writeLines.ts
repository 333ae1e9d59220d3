import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CliError } from '../cliError.ts'

/** Writes pieces of text to a file. Throws a `CliError` (3) where it cannot be written. */
export async function writeLines(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), createWriteStream(path))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(3, `${path} cannot be written: ${reason}.`, { cause: error })
  }
}
