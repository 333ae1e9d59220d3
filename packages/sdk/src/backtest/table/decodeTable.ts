import { StarlingError } from '../../starlingError.ts'

/** Bytes in pieces. */
export type Bytes = AsyncIterable<Uint8Array>

/** How gzip is unpacked here: Node.js and browsers each have their own. */
export type Gunzip = (packed: Bytes) => Bytes

const GZIP = [0x1f, 0x8b]
const ZIP = [0x50, 0x4b]
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]

/**
 * The text of a table, piece by piece; gzip is known by its first bytes. Throws a `StarlingError`: `unavailable` where the
 * bytes cannot be read, `bad-input` where they are no UTF-8 text.
 */
export async function* decodeTable(name: string, bytes: Bytes, gunzip: Gunzip): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of unpack(name, bytes, gunzip)) {
      yield decode(name, () => decoder.decode(piece, { stream: true }))
    }
    yield decode(name, () => decoder.decode())
  } catch (error) {
    if (error instanceof StarlingError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StarlingError('unavailable', `${name} cannot be read: ${reason.replace(/\.$/, '')}.`, { cause: error })
  }
}

async function* unpack(name: string, source: Bytes, gunzip: Gunzip): AsyncGenerator<Uint8Array> {
  const bytes = skipEmpty(source)
  const first = await bytes.next()
  if (first.done === true) return
  const begins = (sign: readonly number[]): boolean => sign.every((byte, i) => first.value[i] === byte)
  if (begins(ZIP)) refuse(`${name} is a zip file or a spreadsheet. Export the table as CSV.`)
  if (UTF16.some(begins)) refuse(`${name} is UTF-16 text. Save it as UTF-8.`)
  const whole = join(first.value, bytes)
  yield* begins(GZIP) ? gunzip(whole) : whole
}

async function* skipEmpty(source: Bytes): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) if (bytes.length > 0) yield bytes
}

async function* join(first: Uint8Array, rest: Bytes): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

function decode(name: string, step: () => string): string {
  try {
    return step()
  } catch (cause) {
    return refuse(`${name} is not UTF-8 text. Save it as UTF-8.`, cause)
  }
}

function refuse(sentence: string, cause?: unknown): never {
  throw new StarlingError('bad-input', sentence, { cause })
}
