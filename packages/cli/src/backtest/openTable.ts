import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CliError } from '../cliError.ts'
import { nameOfInput } from '../input/readText.ts'
import type { Io } from '../io.ts'

const GZIP = [0x1f, 0x8b]
const ZIP = [0x50, 0x4b]
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]

/**
 * The text of a file, or of standard input for `-`, piece by piece; gzip is known by its first bytes. Throws a
 * `CliError`: 3 where it cannot be read, 2 where it is no UTF-8 text.
 */
export async function* openTable(path: string, io: Pick<Io, 'stdin'>): AsyncGenerator<string> {
  const name = nameOfInput(path)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const source = path === '-' ? io.stdin : createReadStream(path)
  try {
    for await (const bytes of unpack(name, source)) yield decode(name, () => decoder.decode(bytes, { stream: true }))
    yield decode(name, () => decoder.decode())
  } catch (error) {
    if (error instanceof CliError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(3, `${name} cannot be read: ${reason}.`, { cause: error })
  }
}

async function* unpack(name: string, source: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
  const bytes = toBuffers(source)
  const first = await bytes.next()
  if (first.done === true) return
  const begins = (sign: readonly number[]): boolean => sign.every((byte, i) => first.value[i] === byte)
  if (begins(ZIP)) throw new CliError(2, `${name} is a zip file or a spreadsheet. Export the table as CSV.`)
  if (UTF16.some(begins)) throw new CliError(2, `${name} is UTF-16 text. Save it as UTF-8.`)
  if (!begins(GZIP)) {
    yield first.value
    yield* bytes
    return
  }
  const gunzip = createGunzip()
  // What fails on the way ends the iteration below with the same error.
  pipeline(Readable.from(join(first.value, bytes)), gunzip, () => {})
  yield* gunzip
}

async function* join(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

async function* toBuffers(source: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk)
    if (bytes.length > 0) yield bytes
  }
}

function decode(name: string, step: () => string): string {
  try {
    return step()
  } catch (error) {
    throw new CliError(2, `${name} is not UTF-8 text. Save it as UTF-8.`, { cause: error })
  }
}
