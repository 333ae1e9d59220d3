import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const VERSION = '0.38.26'
const MODULE = 'github.com/cometbft/cometbft/cmd/cometbft'
/** Where a CometBFT that was built for these tests is kept. */
const BUILT = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'starling',
  `cometbft-${VERSION}`,
  'cometbft',
)

function isThere(file: string): boolean {
  const { status, stdout } = spawnSync(file, ['version'], { encoding: 'utf8' })
  return status === 0 && stdout.trim() === VERSION
}

const found = ['cometbft', BUILT].find(isThere)

/** True where there is neither CometBFT nor Go to build it with, except in CI, where that is a failure. */
export const isSkipped: boolean =
  found === undefined && spawnSync('go', ['version']).status !== 0 && process.env.CI === undefined
if (isSkipped) {
  process.stderr.write('Nothing runs under a real CometBFT: building it needs Go, which is not on PATH.\n')
}

/** The program of CometBFT at the pinned version: on PATH, built before, or built now, which takes some minutes once. */
export function findCometBft(): string {
  if (found !== undefined) return found
  if (isThere(BUILT)) return BUILT
  mkdirSync(dirname(BUILT), { recursive: true })
  const folder = mkdtempSync(join(dirname(BUILT), 'build-'))
  try {
    const { status, stderr, error } = spawnSync('go', ['install', `${MODULE}@v${VERSION}`], {
      env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`CometBFT cannot be built: ${error?.message ?? stderr}`)
    // At once or not at all, whoever else builds it.
    renameSync(join(folder, 'cometbft'), BUILT)
  } finally {
    rmSync(folder, { recursive: true })
  }
  return BUILT
}
