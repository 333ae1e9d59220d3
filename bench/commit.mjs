// Durable commits on a large state, the start of a node on it, and the proofs that it gives. Prints figures; fails where
// the two back ends have different roots or a proof does not hold.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useNativeSha256 } from '@starling/node/engine/local/useNativeSha256'
import { openLmdbStore } from '@starling/node/store/openLmdbStore'
import { openMemoryStore } from '@starling/node/store/openMemoryStore'
import { verifyStoreValue } from '@starling/protocol/proof/verifyStoreValue'
import { median, timed, timedTwice } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const KEYS = Number(process.env.KEYS ?? 1_000_000)
const WRITES = 5000
const COMMITS = 40
const PROOFS = 1000
const BLOCKS = 300
const BLOCK_KEYS = 10_000
const BLOCK_WRITES = 60
const STARTS = 5
const AIM_MS = 250

const keyOf = (n) => new Uint8Array(Buffer.from(`balances/${String((n * 7919) % KEYS).padStart(12, '0')}/uallo`))
const textOf = (n) => new Uint8Array(Buffer.from(`value ${String(n).padStart(40, '0')}`))
let seed = 1
/** The next of a fixed row of numbers below a bound. */
function random(bound) {
  seed = (seed * 48_271) % 2_147_483_647
  return seed % bound
}

const folder = mkdtempSync(join(tmpdir(), 'commit-'))
const identity = { path: join(folder, 'state'), names: ['bank', 'topics'], chainId: 'bench-1', formatVersion: 1 }
const options = { cachedNodes: 200_000 }
const openState = () => openLmdbStore(identity, 'each-block', options)
let state = openState()
const built = timed(() => {
  for (let n = 0; n < KEYS; n++) state.store('bank').put(keyOf(n), textOf(n))
  state.commit(1n)
})
const size = statSync(join(identity.path, 'data.mdb')).size
state.close()
const starts = Array.from({ length: STARTS }, () => {
  const took = timed(() => {
    state = openState()
    state.store('bank').get(keyOf(random(KEYS)))
  })
  state.close()
  return took
})
printTable({
  title: `A state of ${KEYS.toLocaleString('en-GB')} keys`,
  columns: ['what', 'figure'],
  rows: [
    ['first commit of all', `${shorten(built / 1000)} s`],
    ['on the disk', `${shorten(size / 1e6)} MB`],
    [`opening it again and reading a key, median of ${STARTS}`, `${shorten(median(starts))} ms`],
  ],
})

state = openState()
const commits = Array.from({ length: COMMITS }, (_, i) => {
  for (let j = 0; j < WRITES; j++) state.store('bank').put(keyOf(random(KEYS)), textOf(i * WRITES + j))
  const version = state.latest().version + 1n
  return { trees: timedTwice(() => state.workingRoot(version)), write: timedTwice(() => state.commit(version)) }
})
const [first, ...later] = commits
const part = (list, clock) => list.map(({ trees, write }) => [trees[clock], write[clock]])
const line = (name, pick) => [
  name,
  ...['clock', 'processor'].map((kind) => shorten(median(part(later, kind).map(pick)))),
  shorten(Math.max(...part(later, 'clock').map(pick))),
  shorten(pick(part([first], 'clock')[0])),
]
const whole = ([trees, write]) => trees + write
printTable({
  title: `Durable commit of ${WRITES.toLocaleString('en-GB')} random writes on ${KEYS.toLocaleString('en-GB')} keys`,
  note: `milliseconds of ${COMMITS - 1} commits, and the first one with nothing in memory; processor time counts the collector's threads`,
  columns: ['part', 'median', 'processor', 'worst', 'first'],
  rows: [
    line('trees and root', ([trees]) => trees),
    line('write and sync', ([, write]) => write),
    line('whole', whole),
  ],
})
printAim({
  what: `durable commit of ${WRITES} writes on ${KEYS} keys`,
  value: median(part(later, 'clock').map(whole)),
  within: 'at most',
  limit: AIM_MS,
  unit: ' ms',
})

function proofs(label, key, read) {
  const { version, root } = state.latest()
  const keys = Array.from({ length: PROOFS }, key)
  let made = []
  const making = timed(() => {
    made = keys.map((one) => state.prove('bank', one, version).ops)
  })
  const claims = keys.map((one, i) => ({ appHash: root, store: 'bank', key: one, value: read(one), ops: made[i] }))
  const checking = timed(() => claims.forEach(verifyStoreValue))
  const bytes = made.reduce((sum, ops) => sum + ops.reduce((all, { data }) => all + data.length, 0), 0)
  return [label, shorten(bytes / PROOFS), ...[making, checking].map((took) => shorten((took * 1000) / PROOFS))]
}
useNativeSha256()
const present = (label) =>
  proofs(
    label,
    () => keyOf(random(KEYS)),
    (key) => state.store('bank').get(key),
  )
present('compiles the code')
printTable({
  title: `Proofs of one key among ${KEYS.toLocaleString('en-GB')}`,
  note: `mean of ${PROOFS}, from the key up to the application hash, native SHA-256`,
  columns: ['proof', 'bytes', 'making, µs', 'checking, µs'],
  rows: [
    present('of a present key'),
    proofs(
      'of an absent key',
      () => new Uint8Array([...keyOf(random(KEYS)), 33]),
      () => undefined,
    ),
  ],
})
state.close()
rmSync(folder, { recursive: true })

function blocks(store) {
  for (let n = 0; n < BLOCK_KEYS; n++) store.store('bank').put(keyOf(n), textOf(n))
  store.commit(1n)
  const list = []
  for (let i = 0; i < BLOCKS; i++) {
    for (let j = 0; j < BLOCK_WRITES; j++) store.store('bank').put(keyOf(random(BLOCK_KEYS)), textOf(i + j))
    const version = store.latest().version + 1n
    list.push(
      timed(() => {
        store.workingRoot(version)
        store.commit(version)
      }),
    )
  }
  const { root } = store.latest()
  store.close()
  return { took: median(list), root: Buffer.from(root).toString('hex') }
}
const again = seed
const backEnds = [
  ['memory', () => openMemoryStore(identity.names)],
  ['LMDB, synced at the end', (path) => openLmdbStore({ ...identity, path }, 'at-close')],
  ['LMDB, each block durable', (path) => openLmdbStore({ ...identity, path }, 'each-block')],
].map(([name, open]) => {
  seed = again
  const other = mkdtempSync(join(tmpdir(), 'commit-'))
  const result = blocks(open(join(other, 'state')))
  rmSync(other, { recursive: true })
  return { name, ...result }
})
if (new Set(backEnds.map(({ root }) => root)).size > 1) throw new Error('the back ends have different roots')
printTable({
  title: `Commit of a block of ${BLOCK_WRITES} writes on ${BLOCK_KEYS.toLocaleString('en-GB')} keys`,
  note: `milliseconds, median of ${BLOCKS}`,
  columns: ['back end', 'commit'],
  rows: backEnds.map(({ name, took }) => [name, shorten(took)]),
})
