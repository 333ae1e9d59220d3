import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { CliError } from './cliError.ts'

/** The options that every command knows. */
export type Globals = {
  /** One JSON document on stdout in place of text for people. */
  readonly json: boolean
  /** Stack traces with errors. */
  readonly debug: boolean
  /** REST address of the node, without a slash at its end. */
  readonly node: string
  /** RPC address of the node, without a slash at its end. */
  readonly rpc: string
  /** Folder of keys and state. */
  readonly home: string
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_NODE = 'http://127.0.0.1:1317'
const DEFAULT_RPC = 'http://127.0.0.1:26657'

/** Declares the global options on the program. */
export function addGlobalOptions(program: Command): void {
  program
    .option('--json', 'print one JSON document')
    .option('--debug', 'print stack traces with errors')
    .option('--node <url>', `REST address of a node (env STARLING_NODE, default ${DEFAULT_NODE})`)
    .option('--rpc <url>', `RPC address of a node (env STARLING_RPC, default ${DEFAULT_RPC})`)
    .option('--home <dir>', 'folder of keys and state (env STARLING_HOME, default ~/.starling)')
}

/** The global options: what was given, else the environment, else the default. Throws a `CliError` for a wrong address. */
export function readGlobals(program: Command, env: Environment): Globals {
  const given = program.opts<Partial<Globals>>()
  return {
    json: given.json === true,
    debug: given.debug === true,
    node: readUrl('--node', given.node ?? filled(env.STARLING_NODE) ?? DEFAULT_NODE),
    rpc: readUrl('--rpc', given.rpc ?? filled(env.STARLING_RPC) ?? DEFAULT_RPC),
    home: given.home ?? filled(env.STARLING_HOME) ?? join(homedir(), '.starling'),
  }
}

/** An empty variable counts as none. */
function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

function readUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CliError(2, `${flag} must be an address like ${DEFAULT_NODE}, got "${text}".`)
  }
  return text.replace(/\/+$/, '')
}
