// Kills a real process again and again while it commits, prunes and imports, and checks where it stands afterwards.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readGolden } from '../../determinism/golden.mjs'

const PLAYER = fileURLToPath(new URL('player.mjs', import.meta.url))
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
})
const kills = Number(values.kills)
if (!Number.isSafeInteger(kills) || kills < 1) throw new Error(`--kills must be a count from 1, got "${values.kills}"`)

const { appHashes } = readGolden()
const work = mkdtempSync(join(tmpdir(), 'starling-crash-'))
const faults = []
let state = Number(values.seed) >>> 0
/** A number from 0 to below `bound`, from a written-down seed (numerical recipes' generator). */
const roll = (bound) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * bound)
}

/**
 * Runs the player, kills it `delay` ms after it said where it stands and then did so many `steps`, or lets it end; returns
 * what it said. Steps are counted because on a busy machine a delay alone would end before the first of them.
 */
function play(mode, directory, { steps = 0, delay, file = '' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PLAYER, mode, directory, file], { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    let errors = ''
    child.stderr.on('data', (data) => {
      errors += data
    })
    const kill = () => child.kill('SIGKILL')
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, height, hash] = line.split(' ')
      said.push({ word, height: Number(height), hash })
      if (said.length === steps + 1 && delay !== undefined) setTimeout(kill, delay)
    })
    child.on('close', (code) => resolve({ said, errors, failed: code !== null && code !== 0 }))
  })
}

/** A directory of one mode: what it was seen to hold, and how to go on in a new one. */
function createSite(mode, expected) {
  let number = 0
  const site = {
    mode,
    directory: join(work, `${mode}-0`),
    seen: new Map(),
    last: 0,
    renew() {
      rmSync(site.directory, { recursive: true, force: true })
      number += 1
      Object.assign(site, { directory: join(work, `${mode}-${number}`), seen: new Map(), last: 0 })
    },
    check({ word, height, hash }) {
      const known = expected?.(height) ?? site.seen.get(height)
      if (word === 'at' && (height < site.last || height > site.last + 1))
        faults.push(`${mode}: it stands at ${height} after it had done ${site.last}`)
      if (height > 0 && known !== undefined && known !== hash)
        faults.push(`${mode}: height ${height} has the hash ${hash} instead of ${known}`)
      site.seen.set(height, hash)
      site.last = height
    },
  }
  return site
}

async function crashOnce(site) {
  const { said, errors, failed } = await play(site.mode, site.directory, { steps: roll(12), delay: roll(40) })
  if (failed || said.length === 0) faults.push(`${site.mode}: it did not start again: ${errors.trim().slice(0, 500)}`)
  for (const one of said) if (one.word !== 'end') site.check(one)
  if (failed || said.some(({ word }) => word === 'end')) site.renew()
  return said.filter(({ word }) => word === 'done').length
}

/** An import that was killed leaves nothing or all. */
async function crashImport(index, file, whole) {
  const directory = join(work, `import-${index}`)
  await play('import', directory, { delay: roll(60), file })
  const { said, errors } = await play('import', directory, { file })
  const [at] = said
  const stands = said.at(-2)
  if (at === undefined || (at.height !== 0 && at.height !== whole.height) || stands?.hash !== whole.hash)
    faults.push(`import: it stands at ${at?.height} and then at ${stands?.height}: ${errors.trim().slice(0, 500)}`)
  rmSync(directory, { recursive: true, force: true })
}

async function exportedState() {
  const directory = join(work, 'whole')
  const file = join(work, 'whole.state')
  await play('state', directory)
  const { said, errors } = await play('export', directory, { file })
  if (said[0] === undefined) throw new Error(`the state was not exported: ${errors}`)
  return { file, whole: said[0] }
}

try {
  const { file, whole } = await exportedState()
  const sites = [createSite('state', (height) => appHashes[height - 1]), createSite('engine')]
  let steps = 0
  for (let i = 0; i < kills; i++) {
    if (i % 4 === 3) await crashImport(i, file, whole)
    else steps += await crashOnce(sites[i % 2])
  }
  for (const fault of faults) console.error(fault)
  console.log(`${kills} kills during commits, pruning and imports; ${steps} blocks between them.`)
  console.log(`${kills - Math.min(kills, faults.length)} passed, ${faults.length} failed`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
