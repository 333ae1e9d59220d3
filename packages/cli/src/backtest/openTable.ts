import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Bytes, decodeTable } from '@starling/sdk/backtest/table/decodeTable'
import { nameOfInput } from '../input/readText.ts'
import type { Io } from '../io.ts'

/** The text of a file, or of standard input for `-`, piece by piece. Throws a `StarlingError`. */
export function openTable(path: string, io: Pick<Io, 'stdin'>): AsyncGenerator<string> {
  return decodeTable(nameOfInput(path), toBytes(path === '-' ? io.stdin : createReadStream(path)), gunzip)
}

async function* toBytes(source: AsyncIterable<string | Buffer>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) yield Buffer.from(chunk)
}

async function* gunzip(packed: Bytes): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip()
  // What fails on the way ends the iteration below with the same error.
  pipeline(Readable.from(packed), unpacked, () => {})
  yield* unpacked
}
