import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../cliError.ts'
import { readGenesis } from './readGenesis.ts'

/** A node's folder and the chain that it is of. */
export type StateHome = {
  readonly directory: string
  readonly chainId: string
  /** True where the folder holds a state. */
  readonly hasState: boolean
}

/** Finds out which chain a node's folder is of: what its genesis says, or the note of a network of `starling up`. */
export function readStateHome({
  home,
  genesis,
}: {
  readonly home: string
  readonly genesis: string | undefined
}): StateHome {
  const note = join(home, 'network.json')
  const file = genesis ?? join(home, 'config', 'genesis.json')
  const isLocal = genesis === undefined && !existsSync(file) && existsSync(note)
  const chainId = isLocal ? readNote(note) : readGenesis(file).chainId
  return { directory: home, chainId, hasState: existsSync(join(home, 'state', 'data.mdb')) }
}

function readNote(file: string): string {
  const text = readFileSync(file, 'utf8')
  const [, chainId] = /"chainId":"([^"\\]{1,64})"/.exec(text) ?? []
  if (chainId !== undefined) return chainId
  throw new CliError(3, `${file} is damaged: it must hold {"chainId", "seed"}. Restore it.`)
}
