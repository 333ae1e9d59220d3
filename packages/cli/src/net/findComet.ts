import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { COMET_VERSION } from '@starling/node/engine/cometbft/cometVersion'
import { CliError } from '../cliError.ts'

const run = promisify(execFile)

/** Where `starling net install` puts CometBFT. */
export function cometFile(home: string): string {
  return join(home, 'bin', 'cometbft')
}

/**
 * The program of CometBFT at the pinned version: what `net install` made, else what is on PATH. Throws a `CliError` that
 * says what was found and how to get it.
 */
export async function findComet(home: string, path: string): Promise<string> {
  const installed = cometFile(home)
  const places = [
    installed,
    ...path.split(delimiter).flatMap((folder) => (folder === '' ? [] : join(folder, 'cometbft'))),
  ]
  const found = places.filter((file) => existsSync(file))
  const others: string[] = []
  for (const file of found) {
    const version = await cometVersion(file)
    if (version === COMET_VERSION) return file
    others.push(`${file} is ${version ?? 'not one that runs'}`)
  }
  const what = others.length === 0 ? 'It is neither on PATH nor installed' : `But ${others.join(' and ')}`
  throw new CliError(
    3,
    `The network needs CometBFT ${COMET_VERSION}. ${what}. "starling net install" builds it once, with the Go tool chain, into ${installed}.`,
  )
}

/** What a program of CometBFT says its version is; undefined where it does not run. */
export async function cometVersion(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(file, ['version'], { timeout: 10_000 })
    return /^v?([0-9][0-9A-Za-z.-]*)/.exec(stdout.trim())?.[1]
  } catch {
    return undefined
  }
}
