import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { openState } from '@starling/node/openState'
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

/** Writes the state of a stopped node to a new file, which appears there whole or not at all. */
export function exportNode(options: Options): void {
  const { io, json, home, file } = options
  if (existsSync(file)) throw overwrites(file)
  const { directory, chainId, hasState } = readStateHome(options)
  if (!hasState)
    throw new CliError(3, `There is no state in ${home}. --home must be the folder of a node that has run.`)
  const stores = openState({ directory, chainId })
  try {
    const { version: height, root: bytes } = stores.latest()
    if (height === 0n) throw new CliError(4, 'The node has no block yet, so there is nothing to export.')
    writeNew(file, (write) => stores.exportState(height, write))
    const root = toHex(bytes).toUpperCase()
    const { size } = statSync(file)
    if (json) printJson(io, { file, chainId, height: Number(height), root, bytes: size })
    else io.stdout.write(`${file}: ${chainId} at height ${height}, hash ${root}, ${size} bytes\n`)
  } finally {
    stores.close()
  }
}

/** Writes beside the file, makes that durable, and gives it the name last. */
function writeNew(file: string, fill: (write: (chunk: Uint8Array) => void) => void): void {
  const draft = `${file}.part`
  const handle = openSync(draft, 'w', 0o600)
  try {
    try {
      fill((chunk) => writeAll(handle, chunk))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    linkSync(draft, file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw overwrites(file)
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeAll(handle: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(handle, chunk, at)
}

function overwrites(file: string): CliError {
  return new CliError(2, `${file} exists, and is left as it is. Name a new file.`)
}
