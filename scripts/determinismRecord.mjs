import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundlePlayer, bundleRecorder } from '../determinism/bundle.mjs'
import { cache, engines, play } from '../determinism/engines.mjs'
import {
  digestOfTape,
  readAppVersion,
  readVectors,
  readVersions,
  withVersion,
  writeGolden,
} from '../determinism/golden.mjs'
import { BLOCKS, FEW_SAMPLES, MANY_SAMPLES } from './determinismRuns.mjs'
import { install } from './install.mjs'

// npm run determinism:record: records the tape anew and everything that every engine must give for it.
install()
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'record-'))
try {
  const paths = { recorder: join(folder, 'record.mjs'), tape: join(folder, 'tape.jsonl') }
  const [script, input] = [join(folder, 'player.js'), join(folder, 'input.json')]
  writeFileSync(paths.recorder, await bundleRecorder())
  writeFileSync(script, await bundlePlayer())
  const { status } = spawnSync(process.execPath, [paths.recorder, paths.tape, String(BLOCKS)], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The tape could not be recorded; the lines above say why.')
  const tape = readFileSync(paths.tape, 'utf8')
  const playWith = (samples, blocks) => {
    const given = { tape, vectors: readVectors(), checkEvery: 1, samples, ...(blocks === undefined ? {} : { blocks }) }
    writeFileSync(input, JSON.stringify(given))
    return play(engines.node({ script, input }))
  }
  const few = await playWith(FEW_SAMPLES)
  if (few.vectors.faults.length > 0) throw new Error(`The vectors do not pass: ${few.vectors.faults[0]}`)
  const many = await playWith(MANY_SAMPLES, 0)
  const golden = {
    appHashes: few.tape.appHashes,
    results: few.tape.results,
    vectors: { passed: few.vectors.passed, bits: few.vectors.bits },
    functions: { [FEW_SAMPLES]: few.functions, [MANY_SAMPLES]: many.functions },
  }
  const [appVersion, digest, replace] = [
    readAppVersion(),
    digestOfTape(tape, golden),
    process.argv.includes('--replace'),
  ]
  writeGolden(tape, golden, withVersion({ appVersion, digest, versions: readVersions(), replace }))
  process.stdout.write(`recorded ${golden.appHashes.length} blocks of APP_VERSION ${appVersion}, digest ${digest}\n`)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
