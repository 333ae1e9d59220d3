import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const DIST = `${ROOT}packages/cli/dist/`
/** Its time is the start of the newest build that this launcher made. */
const STAMP = `${DIST}.launched`
const LOCK = `${DIST}.launching`
const PAGE = `${ROOT}scripts/buildWeb.mjs`
const COMPILER = `${ROOT}node_modules/typescript/bin/tsc`
const LONGEST_WAIT_MS = 300_000

/**
 * Compiles the packages and builds the explorer's page where a source is newer than the last build, one process at a time, with the talk on stderr.
 * Resolves to a sentence where that is impossible.
 */
export async function ensureBuilt() {
  if (!isStale()) return undefined
  if (!existsSync(COMPILER)) return `The packages are not installed. Run "npm ci --ignore-scripts" in ${ROOT} first.`
  try {
    mkdirSync(DIST, { recursive: true })
    if (!(await takeLock())) return `Another process has been building for minutes. If none is, delete ${LOCK}.`
  } catch (error) {
    return `Starling must be built, but its folder cannot be written: ${error.message}.`
  }
  try {
    return isStale() ? build() : undefined
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function build() {
  const started = new Date()
  process.stderr.write('Building starling: from some seconds to a minute on a slow machine.\n')
  for (const args of [[COMPILER, '-b', 'packages/cli'], [PAGE]]) {
    const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] })
    if (status !== 0) return 'The build failed; the lines above say where.'
  }
  writeFileSync(STAMP, '')
  utimesSync(STAMP, started, started)
  return undefined
}

/** Whether a source of any package is newer than the last build, or there is none. */
function isStale() {
  if (!existsSync(STAMP) || !existsSync(`${DIST}main.js`)) return true
  const built = statSync(STAMP).mtimeMs
  return readdirSync(`${ROOT}packages`).some((name) => {
    const folder = `${ROOT}packages/${name}/src`
    return (
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some(
        (file) =>
          /\.(ts|tsx|css)$/.test(file) && !file.endsWith('.test.ts') && statSync(`${folder}/${file}`).mtimeMs > built,
      )
    )
  })
}

/** Resolves to true once this process alone may build; false after minutes of waiting. */
async function takeLock() {
  const end = Date.now() + LONGEST_WAIT_MS
  for (let told = false; Date.now() < end; ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
      return true
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isHolderAlive()) rmSync(LOCK, { force: true })
    else if (!told) process.stderr.write('Waiting for another process that builds starling.\n')
    told = true
    await wait(100)
  }
  return false
}

function isHolderAlive() {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0)
    return true
  } catch (error) {
    // Gone since, or another user's.
    return error.code === 'EPERM'
  }
}
