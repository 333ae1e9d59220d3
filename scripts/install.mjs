import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The project's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const OLDEST_NODE = [20, 19]

/** Runs a command in the root with its talk on stderr; ends the process with status 1 where it fails. */
export function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    process.stderr.write(`${command} ${args.join(' ')} failed; its output above says why\n`)
    process.exit(1)
  }
}

/** Refuses a Node.js that is too old, and installs the packages of the lock file where they are missing. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    process.stderr.write(`Starling needs Node.js 20.19 or newer; this is ${process.versions.node}\n`)
    process.exit(2)
  }
  if (!isInstallStale()) return
  process.stderr.write('Installing the packages, once: from some seconds to two minutes on a slow machine.\n')
  run('npm', ['ci', '--ignore-scripts'])
}

/** Installs and builds what is missing. */
export function prepare() {
  install()
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-b'])
}

function isInstallStale() {
  const installed = `${root}node_modules/.package-lock.json`
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(`${root}package-lock.json`).mtimeMs
}
