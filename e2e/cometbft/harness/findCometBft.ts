import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findComet } from '@starling/cli/net/findComet'
import { installComet } from '@starling/cli/net/installComet'

/** Where a CometBFT that was built for these tests is kept. */
const HOME = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'starling')
const PATH = process.env.PATH ?? ''

const found = await findComet(HOME, PATH).catch(() => undefined)

/** Milliseconds that the preparation of a test may take where CometBFT has to be built first: 3 minutes on a quiet machine. */
export const BUILD_MS = 1_200_000

/** True where there is neither CometBFT nor Go to build it with, except in CI, where that is a failure. */
export const isSkipped: boolean =
  found === undefined && spawnSync('go', ['version']).status !== 0 && process.env.CI === undefined
if (isSkipped) {
  process.stderr.write('Nothing runs under a real CometBFT: building it needs Go, which is not on PATH.\n')
}

/** The program of CometBFT: on PATH, built before, or built now, which takes some minutes once. */
export async function findCometBft(): Promise<string> {
  return found ?? (await installComet({ io: process, home: HOME }))
}
