import { readFileSync } from 'node:fs'
import type { GenesisState } from '@starling/node/app/genesis'
import { CliError } from '../cliError.ts'

/** What a node needs of a genesis file of CometBFT's. */
export type Genesis = { readonly chainId: string; readonly appState: GenesisState }

/** Reads a genesis file; the node checks `app_state` when the chain begins. Throws a `CliError` that names the file. */
export function readGenesis(file: string): Genesis {
  const json = parse(file)
  if (isObject(json) && 'chain_id' in json && 'app_state' in json) {
    const { chain_id: chainId, app_state: appState } = json
    if (typeof chainId === 'string' && chainId !== '' && isObject(appState)) {
      return { chainId, appState: appState as GenesisState }
    }
  }
  throw new CliError(3, `${file} must be a genesis file with "chain_id" and "app_state". Restore it.`)
}

function isObject(json: unknown): json is object {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new CliError(
      3,
      `The genesis file ${file} cannot be read: ${what}. Put the network's genesis there, or name it with --genesis.`,
    )
  }
}
