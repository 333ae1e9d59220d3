import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// A small clone: the real launcher, one source, a compiler that counts its runs, and what stands in for the page's build.
const BIN = fileURLToPath(new URL('../bin', import.meta.url))
const COMPILER = `
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs')
appendFileSync('builds', process.argv.slice(2).join(' ') + '\\n')
if (readFileSync('packages/protocol/src/a.ts', 'utf8') === 'broken') process.exit(1)
console.log('compiled')
writeFileSync('packages/cli/dist/main.js', 'console.log("data", ...process.argv.slice(2))')
`
let clone = ''
const at = (path: string) => join(clone, path)
const source = 'packages/protocol/src/a.ts'
const builds = () => readFileSync(at('builds'), 'utf8').split('\n').length - 1
const launch = (...argv: readonly string[]) =>
  spawnSync(process.execPath, [at('packages/cli/bin/starling.mjs'), ...argv], { encoding: 'utf8' })

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'starling-clone-'))
  cpSync(BIN, at('packages/cli/bin'), { recursive: true })
  for (const folder of ['packages/protocol/src', 'node_modules/typescript/bin', 'scripts'])
    mkdirSync(at(folder), { recursive: true })
  writeFileSync(at(source), '')
  writeFileSync(at('node_modules/typescript/bin/tsc'), COMPILER)
  writeFileSync(at('scripts/buildWeb.mjs'), "console.log('bundled')\n")
})
afterEach(() => rmSync(clone, { recursive: true }))

describe('the launcher', () => {
  it('builds at the first use with its talk on stderr, and then no more', () => {
    const first = launch('a', 'b')
    expect([first.status, first.stdout]).toEqual([0, 'data a b\n'])
    expect(first.stderr).toBe(
      'Building starling: from some seconds to a minute on a slow machine.\ncompiled\nbundled\n',
    )
    const second = launch('c')
    expect([second.status, second.stdout, second.stderr]).toEqual([0, 'data c\n', ''])
    expect(readFileSync(at('builds'), 'utf8')).toBe('-b packages/cli\n')
  })

  it('builds again once a source has changed, but not for a test', () => {
    launch()
    const later = new Date(Date.now() + 60_000)
    writeFileSync(at('packages/protocol/src/a.test.ts'), '')
    utimesSync(at('packages/protocol/src/a.test.ts'), later, later)
    launch()
    expect(builds()).toBe(1)
    utimesSync(at(source), later, later)
    launch()
    expect(builds()).toBe(2)
  })

  it('waits while another process builds, and then has nothing to build', async () => {
    launch()
    rmSync(at('packages/cli/dist/.launched'))
    // This test is the other process.
    writeFileSync(at('packages/cli/dist/.launching'), String(process.pid))
    const child = spawn(process.execPath, [at('packages/cli/bin/starling.mjs')], { stdio: ['ignore', 'pipe', 'pipe'] })
    const printed = text(child.stdout)
    child.stderr.setEncoding('utf8')
    const [told] = await once(child.stderr, 'data')
    expect(told).toBe('Waiting for another process that builds starling.\n')
    writeFileSync(at('packages/cli/dist/.launched'), '')
    rmSync(at('packages/cli/dist/.launching'))
    expect(await printed).toBe('data\n')
    expect(builds()).toBe(1)
  })

  it('takes over from a process that died while building', () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    mkdirSync(at('packages/cli/dist'), { recursive: true })
    writeFileSync(at('packages/cli/dist/.launching'), String(pid))
    expect(launch().status).toBe(0)
  })

  it('says that the build failed, or that the packages are not installed', () => {
    writeFileSync(at(source), 'broken')
    const failed = launch()
    expect([failed.status, failed.stdout]).toEqual([3, ''])
    expect(failed.stderr).toMatch(/The build failed; the lines above say where\.\n$/)
    rmSync(at('packages/cli/dist'), { recursive: true })
    writeFileSync(at('packages/cli/dist'), 'in the way')
    const unwritable = launch()
    expect([unwritable.status, unwritable.stdout]).toEqual([3, ''])
    expect(unwritable.stderr).toMatch(/^Starling must be built, but its folder cannot be written: E[A-Z]+.*\.\n$/)
    rmSync(at('node_modules'), { recursive: true })
    const bare = launch()
    expect([bare.status, bare.stdout]).toEqual([3, ''])
    expect(bare.stderr).toMatch(/^The packages are not installed\. Run "npm ci --ignore-scripts" in .* first\.\n$/)
  })

  it.each(['18.20.4', '20.18.3'])('refuses Node.js %s with one sentence', (version) => {
    const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`
    const args = ['--import', old, at('packages/cli/bin/starling.mjs'), '--help']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toBe(`Starling needs Node.js 20.19 or newer; this is ${version}\n`)
  })
})
