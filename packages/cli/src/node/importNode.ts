import { closeSync, openSync, readSync } from 'node:fs'
import { openState } from '@starling/node/openState'
import { StoreError } from '@starling/node/store/storeError'
import { toHex } from '@starling/protocol/bytes/hex'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { readStateHome } from './stateHome.ts'

type Options = Pick<Globals, 'json' | 'home'> & {
  readonly io: Io
  readonly file: string
  readonly genesis: string | undefined
}

const CHUNK = 1 << 20

/** Takes an exported state into a node's folder that has none; a damaged one leaves nothing behind. */
export function importNode(options: Options): void {
  const { io, json, home, file } = options
  const { directory, chainId } = readStateHome(options)
  const handle = openFile(file)
  try {
    const stores = openState({ directory, chainId })
    try {
      const { version } = stores.latest()
      if (version > 0n) {
        const what = `${home} has a state of height ${version}, which is left as it is`
        throw new CliError(2, `${what}. Name another --home, or move ${home}/state away.`)
      }
      const { version: height, root: bytes } = stores.importState(chunksOf(handle))
      const root = toHex(bytes).toUpperCase()
      if (json) printJson(io, { file, chainId, height: Number(height), root })
      else io.stdout.write(`${home}: ${chainId} at height ${height}, hash ${root}\n`)
    } finally {
      stores.close()
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    throw new StoreError(error.code, `${file}: ${error.message}`, { cause: error })
  } finally {
    closeSync(handle)
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r')
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new CliError(3, `The exported state ${file} cannot be read: ${what}.`, { cause: error })
  }
}

function* chunksOf(handle: number): Generator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(CHUNK)
    const length = readSync(handle, chunk)
    if (length === 0) return
    yield chunk.subarray(0, length)
  }
}
