import { StarlingError } from '../../starlingError.ts'

/** Bytes in pieces. */
export type Bytes = AsyncIterable<Uint8Array>

/** How gzip is unpacked here: Node.js and browsers each have their own. */
export type Gunzip = (packed: Bytes) => Bytes

const GZIP = [0x1f, 0x8b]
/** First bytes of what people take for tables, and what to say of it. */
const OTHERS: readonly (readonly [sign: readonly number[], sentence: string])[] = [
  [[0x50, 0x4b], 'is a zip file or a spreadsheet. Export the table as CSV.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is a spreadsheet. Export the table as CSV.'],
  [[0x50, 0x41, 0x52, 0x31], 'is a Parquet file. Export the table as CSV.'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF. Export the table as CSV.'],
  [[0x42, 0x5a, 0x68], 'is packed with bzip2. Unpack it, or pack it with gzip.'],
  [[0xfd, 0x37, 0x7a, 0x58], 'is packed with xz. Unpack it, or pack it with gzip.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is packed with zstd. Unpack it, or pack it with gzip.'],
  [[0xff, 0xfe], 'is UTF-16 text. Save it as UTF-8.'],
  [[0xfe, 0xff], 'is UTF-16 text. Save it as UTF-8.'],
]
const LONGEST_SIGN = 4

/**
 * The text of a table, piece by piece; gzip is known by its first bytes. Throws a `StarlingError`: `unavailable` where the
 * bytes cannot be read, `bad-input` where they are no UTF-8 text.
 */
export async function* decodeTable(name: string, bytes: Bytes, gunzip: Gunzip): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of unpack(name, bytes, gunzip)) {
      if (piece.includes(0)) {
        refuse(`${name} holds zero bytes: it is UTF-16 text or no text. Save it as CSV in UTF-8.`)
      }
      yield decode(name, () => decoder.decode(piece, { stream: true }))
    }
    yield decode(name, () => decoder.decode())
  } catch (error) {
    if (error instanceof StarlingError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StarlingError('unavailable', `${name} cannot be read: ${reason.replace(/\.$/, '')}.`, { cause: error })
  }
}

async function* unpack(name: string, source: Bytes, gunzip: Gunzip, isUnpacked = false): AsyncGenerator<Uint8Array> {
  const bytes = source[Symbol.asyncIterator]()
  const first = await takeFirst(bytes)
  const begins = (sign: readonly number[]): boolean => sign.every((byte, i) => first[i] === byte)
  const other = OTHERS.find(([sign]) => begins(sign))
  if (other !== undefined) refuse(`${name} ${other[1]}`)
  const isPacked = begins(GZIP)
  if (isPacked && isUnpacked) refuse(`${name} is packed twice. Unpack it once.`)
  const whole = join(first, bytes)
  yield* isPacked ? unpack(name, gunzip(whole), gunzip, true) : whole
}

/** Bytes enough to tell what this is; fewer where there are no more. */
async function takeFirst(bytes: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let first = new Uint8Array()
  while (first.length < LONGEST_SIGN) {
    const next = await bytes.next()
    if (next.done === true) break
    const longer = new Uint8Array(first.length + next.value.length)
    longer.set(first)
    longer.set(next.value, first.length)
    first = longer
  }
  return first
}

async function* join(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
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
