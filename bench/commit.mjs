// Durable commits on a large state, and the proofs that it gives. Prints figures, asserts nothing but that roots agree.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLmdbStore } from '@starling/node/store/openLmdbStore'
import { openMemoryStore } from '@starling/node/store/openMemoryStore'

const KEYS = Number(process.env.KEYS ?? 1_000_000)
const WRITES = 5000
const COMMITS = 20
const PROOFS = 2000
const BLOCKS = 300
const BLOCK_KEYS = 10_000
const BLOCK_WRITES = 60

const keyOf = (n) => new Uint8Array(Buffer.from(`balances/${String((n * 7919) % KEYS).padStart(12, '0')}/uallo`))
const textOf = (n) => new Uint8Array(Buffer.from(`value ${String(n).padStart(40, '0')}`))
let seed = 1
/** The next of a fixed row of numbers below a bound. */
function random(bound) {
  seed = (seed * 48_271) % 2_147_483_647
  return seed % bound
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0
const worst = (list) => Math.max(...list)
/** Milliseconds that a step takes. */
function timed(step) {
  const started = performance.now()
  step()
  return performance.now() - started
}

const folder = mkdtempSync(join(tmpdir(), 'commit-'))
const identity = { path: join(folder, 'state'), names: ['bank', 'topics'], chainId: 'bench-1', formatVersion: 1 }
const options = { cachedNodes: 200_000 }
let state = openLmdbStore(identity, 'each-block', options)
const built = timed(() => {
  for (let n = 0; n < KEYS; n++) state.store('bank').put(keyOf(n), textOf(n))
  state.commit(1n)
})
console.log(
  `${KEYS} keys: first commit ${(built / 1000).toFixed(1)} s, ${(statSync(join(identity.path, 'data.mdb')).size / 1e6).toFixed(0)} MB`,
)
state.close()
const start = timed(() => {
  state = openLmdbStore(identity, 'each-block', options)
})
console.log(`  open again        ${start.toFixed(1)} ms`)

const times = []
const roots = []
for (let i = 0; i < COMMITS; i++) {
  for (let j = 0; j < WRITES; j++) state.store('bank').put(keyOf(random(KEYS)), textOf(i * WRITES + j))
  const version = state.latest().version + 1n
  roots.push(timed(() => state.workingRoot(version)))
  times.push(timed(() => state.commit(version)))
}
const whole = times.map((time, i) => time + roots[i])
console.log(`durable commit of ${WRITES} random writes, median and worst of ${COMMITS}`)
console.log(`  first             ${whole[0].toFixed(0)} ms, with nothing in memory`)
console.log(`  trees and root    ${median(roots).toFixed(0)} ms, ${worst(roots.slice(1)).toFixed(0)} ms`)
console.log(`  write and sync    ${median(times).toFixed(0)} ms, ${worst(times.slice(1)).toFixed(0)} ms`)
console.log(`  whole             ${median(whole).toFixed(0)} ms, ${worst(whole.slice(1)).toFixed(0)} ms`)

function proofs(label, key) {
  let bytes = 0
  const { version } = state.latest()
  const time = timed(() => {
    for (let i = 0; i < PROOFS; i++)
      for (const { data } of state.prove('bank', key(), version).ops) bytes += data.length
  })
  console.log(`  ${label}  ${Math.round(bytes / PROOFS)} bytes, ${((time * 1000) / PROOFS).toFixed(0)} µs`)
}
console.log(`proofs, mean of ${PROOFS}`)
proofs('of a present key', () => keyOf(random(KEYS)))
proofs('of an absent key', () => new Uint8Array([...keyOf(random(KEYS)), 33]))
state.close()
rmSync(folder, { recursive: true })

function blocks(label, store) {
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
  console.log(`  ${label}  ${median(list).toFixed(2)} ms`)
  return Buffer.from(root).toString('hex')
}
console.log(`block of ${BLOCK_WRITES} writes on ${BLOCK_KEYS} keys, median of ${BLOCKS}`)
const again = seed
const inMemory = blocks('memory           ', openMemoryStore(identity.names))
seed = again
const other = mkdtempSync(join(tmpdir(), 'commit-'))
const onDisk = blocks('LMDB             ', openLmdbStore({ ...identity, path: join(other, 'state') }, 'at-close'))
rmSync(other, { recursive: true })
if (inMemory !== onDisk) throw new Error('the two back ends have different roots')
