import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundlePlayer } from '../determinism/bundle.mjs'
import { digestOf } from '../determinism/digestOf.mjs'
import { cache, engines, installEngines, play } from '../determinism/engines.mjs'
import {
  differences,
  digestOfTape,
  readAppVersion,
  readGolden,
  readTape,
  readVectors,
  readVersions,
  versionFault,
} from '../determinism/golden.mjs'
import { runs } from './determinismRuns.mjs'
import { install } from './install.mjs'

// npm run determinism: the tape and the vectors in every engine and under every flag, two at a time; ends with
// «N passed, N failed». Words on the command line choose the runs whose title has one of them.
const AT_ONCE = 2
install()
installEngines()
const wanted = process.argv.slice(2)
const chosen = runs.filter(({ title }) => wanted.length === 0 || wanted.some((word) => title.includes(word)))
const folder = mkdtempSync(join(cache, 'run-'))
const script = join(folder, 'player.js')
const golden = readGolden()
const given = { tape: readTape(), vectors: readVectors() }
let passed = 0
let failed = 0

function report(title, faults, started) {
  if (faults.length === 0) passed += 1
  else failed += 1
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${faults.length === 0 ? 'ok' : 'FAILED'}  ${title}  ${seconds} s\n`)
  for (const fault of faults) process.stdout.write(`    ${fault}\n`)
}

async function runOne({ title, engine, env, flags, freeze, ...more }, i) {
  const started = Date.now()
  const input = join(folder, `input${i}.json`)
  writeFileSync(input, JSON.stringify({ checkEvery: 1, ...given, ...more }))
  try {
    const played = await play(engines[engine]({ script, input, flags, freeze }), env)
    report(title, differences(played, golden, more.samples), started)
  } catch (error) {
    report(title, [error.message], started)
  }
}

try {
  const started = Date.now()
  const [code, again] = [await bundlePlayer(), await bundlePlayer()]
  writeFileSync(script, code)
  process.stdout.write(`the player has ${code.length} bytes, sha256 ${digestOf(code)}\n`)
  report('DET-23 two builds are equal', code === again ? [] : ['the two builds differ'], started)
  const digest = digestOfTape(given.tape, golden)
  const fault = versionFault({ appVersion: readAppVersion(), digest, versions: readVersions() })
  report('the tape is that of APP_VERSION', fault === undefined ? [] : [fault], Date.now())
  const waiting = [...chosen.entries()]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runOne(next[1], next[0])
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
} finally {
  rmSync(folder, { recursive: true })
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
