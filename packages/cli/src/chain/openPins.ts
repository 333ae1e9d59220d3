import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromHex, toHex } from '@starling/protocol/bytes/hex'
import type { Pin, PinStore } from '@starling/sdk/proof/pins'
import { CliError } from '../cliError.ts'

/** Pins in a home folder, which can be forgotten. */
export type FilePins = PinStore & { forget(url: string): void }

type Entries = Readonly<Record<string, { readonly chainId: string; readonly height: string; readonly hash: string }>>

/** The pins of a home folder, in its file `pins.json`. A damaged file is refused with its name. */
export function openPins(home: string): FilePins {
  const file = join(home, 'pins.json')
  const save = (entries: Entries): void => {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 })
    renameSync(draft, file)
  }
  return {
    read(url) {
      const entry = load(file)[url]
      return entry === undefined ? undefined : readPin(file, entry)
    },
    write: (url, { chainId, height, hash }) =>
      save({ ...load(file), [url]: { chainId, height: String(height), hash: toHex(hash) } }),
    forget(url) {
      const { [url]: forgotten, ...rest } = load(file)
      if (forgotten !== undefined) save(rest)
    },
  }
}

function load(file: string): Entries {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  try {
    const entries: unknown = JSON.parse(text)
    if (typeof entries === 'object' && entries !== null && !Array.isArray(entries)) return entries as Entries
  } catch {
    // Told below.
  }
  throw damaged(file)
}

function readPin(file: string, { chainId, height, hash }: Entries[string]): Pin {
  const bytes = typeof hash === 'string' ? fromHex(hash) : undefined
  const isWhole = typeof height === 'string' && /^[1-9][0-9]{0,18}$/.test(height)
  if (typeof chainId !== 'string' || !isWhole || bytes?.length !== 32) throw damaged(file)
  return { chainId, height: BigInt(height), hash: bytes }
}

function damaged(file: string): CliError {
  const remedy = 'Delete it: the next verified answer of each node then pins the block that the node shows.'
  return new CliError(3, `${file} does not hold pinned blocks as this program writes them. ${remedy}`)
}
