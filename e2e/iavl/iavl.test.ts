import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MultiStore } from '@starling/node/store/multiStore'
import { openLmdbStore } from '@starling/node/store/openLmdbStore'
import { openMemoryStore } from '@starling/node/store/openMemoryStore'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const HISTORIES = 240
const LARGE = 10
const SEED = 20_260

type Write = { readonly key: string; readonly value: string | null }
type Question = { readonly version: number; readonly store: string; readonly key: string }
type History = {
  readonly names: readonly string[]
  readonly initial: number
  readonly versions: readonly Record<string, readonly Write[]>[]
  readonly questions: readonly Question[]
}
type Version = { readonly version: number; readonly root: string; readonly stores: Record<string, string> }
type Proof = { readonly value: string; readonly ops: readonly { type: string; key: string; data: string }[] }
type Answer = { readonly versions: readonly Version[]; readonly proofs: readonly Proof[] }

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

const hasGo = spawnSync('go', ['version']).status === 0
const isSkipped = !hasGo && process.env.CI === undefined
if (isSkipped)
  process.stderr.write('The trees are not compared with the Cosmos ones: that needs Go, which is not on PATH.\n')

/** Histories of a few stores: `keys` different keys, values that come again, deletions of present and absent keys, empty blocks. */
function historiesOf(keys: number, writes: number, versions: number): fc.Arbitrary<History> {
  const key = fc.nat(keys - 1).map((n) => hex(Buffer.from(`k${(n * 7919) % keys}/${'x'.repeat(n % 3)}`)))
  const value = fc.oneof(fc.constantFrom('', '00', 'abcd'), fc.uint8Array({ maxLength: 40 }).map(hex))
  const write = fc.record({ key, value: fc.option(value, { freq: 3 }) })
  const block = fc
    .uniqueArray(write, { maxLength: writes, selector: (one) => one.key })
    .map((list) => [...list].sort((a, b) => Buffer.compare(bytes(a.key), bytes(b.key))))
  const names = fc.constantFrom(['bank'], ['auth', 'bank'], ['a', 'auth', 'bank', 'mint', 'topics'])
  return fc.tuple(names, fc.constantFrom(1, 1, 77)).chain(([stores, initial]) =>
    fc
      .array(fc.dictionary(fc.constantFrom(...stores), block, { noNullPrototype: true }), {
        minLength: 1,
        maxLength: versions,
      })
      .chain((blocks) => {
        const version = fc.integer({ min: initial, max: initial + blocks.length - 1 })
        const question = fc.record({ version, store: fc.constantFrom(...stores), key })
        return fc
          .array(question, { minLength: 4, maxLength: 12 })
          .map((questions) => ({ names: stores, initial, versions: blocks, questions }))
      }),
  )
}

/** What our store makes of a history. */
function replay(state: MultiStore, { names, initial, versions, questions }: History): Answer {
  const committed = versions.map((stores, i) => {
    for (const [name, writes] of Object.entries(stores)) {
      for (const { key, value } of writes) {
        if (value === null) state.store(name).delete(bytes(key))
        else state.store(name).put(bytes(key), bytes(value))
      }
    }
    const version = initial + i
    const { root } = state.commit(BigInt(version))
    const roots = names.map((name) => [name, storeRoot(state, name, version)])
    return { version, root: hex(root), stores: Object.fromEntries(roots) }
  })
  const proofs = questions.map(({ version, store, key }) => {
    const { value, ops } = state.prove(store, bytes(key), BigInt(version))
    const steps = ops.map((op) => ({ type: op.type, key: hex(op.key), data: hex(op.data) }))
    return { value: hex(value ?? new Uint8Array(0)), ops: steps }
  })
  return { versions: committed, proofs }
}

/** The store's root, which its `ics23:simple` proof holds behind its name. */
function storeRoot(state: MultiStore, name: string, version: number): string {
  const data = Buffer.from(state.prove(name, bytes('00'), BigInt(version)).ops[1]?.data ?? [])
  const at = data.indexOf(Buffer.concat([Buffer.from(name), Buffer.from([0x12, 32])])) + name.length + 2
  return data.toString('hex', at, at + 32)
}

describe.skipIf(isSkipped)('the state trees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'iavl-'))
  const program = join(folder, 'oracle')
  afterAll(() => rmSync(folder, { recursive: true }))

  beforeAll(() => {
    const { status, stderr, error } = spawnSync('go', ['build', '-o', program, '.'], { cwd: HERE, encoding: 'utf8' })
    if (status !== 0) throw new Error(`the Cosmos multi store cannot be built: ${error?.message ?? stderr}`)
  }, 600_000)

  function ask(histories: readonly History[]): readonly Answer[] {
    const input = histories.map((history) => JSON.stringify(history)).join('\n')
    const { status, stdout, stderr } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 30 })
    if (status !== 0) throw new Error(stderr)
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  it(`have the roots and proofs of the Cosmos ones, in ${HISTORIES + LARGE} random histories`, () => {
    const histories = [
      ...fc.sample(historiesOf(12, 8, 12), { seed: SEED, numRuns: HISTORIES / 2 }),
      ...fc.sample(historiesOf(60, 30, 20), { seed: SEED + 1, numRuns: HISTORIES / 2 }),
      ...fc.sample(historiesOf(3000, 600, 12), { seed: SEED + 2, numRuns: LARGE }),
    ]
    const answers = ask(histories)
    expect(answers).toHaveLength(histories.length)
    histories.forEach((history, i) => {
      const memory = openMemoryStore(history.names)
      expect(replay(memory, history)).toEqual(answers[i])
      memory.close()
    })
  })

  it('have them on disk too', () => {
    const histories = fc.sample(historiesOf(60, 30, 20), { seed: SEED + 3, numRuns: 20 })
    const answers = ask(histories)
    histories.forEach((history, i) => {
      const identity = { path: join(folder, `${i}`), names: history.names, chainId: 'test-1', formatVersion: 1 }
      const disk = openLmdbStore(identity, 'at-close', { cachedNodes: 10 })
      expect(replay(disk, history)).toEqual(answers[i])
      disk.close()
    })
  })
})
