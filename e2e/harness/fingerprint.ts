import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What may change by looking at it: LMDB's table of readers, and what says who looks. */
const PASSING = /(^|\/)(lock\.mdb|blocks\.mdb-lock|LOCK|actors\.log)$/

/** The content of every file in a folder as a hash, by path. */
export function fingerprint(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return Object.fromEntries(
    files
      .filter((file) => !PASSING.test(file) && statSync(join(folder, file)).isFile())
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  )
}
