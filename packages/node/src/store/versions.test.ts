import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { open } from 'lmdb'
import { afterAll, describe, expect, it } from 'vitest'
import type { MultiStore } from './multiStore.ts'
import { openLmdbStore } from './openLmdbStore.ts'
import { openMemoryStore } from './openMemoryStore.ts'
import type { StoreReader } from './store.ts'
import { isProven } from './testing/checkProof.ts'

const NAMES = ['auth', 'bank', 'mint']
const CHAIN = 'test-1'
const KEEP = 4
const root = mkdtempSync(join(tmpdir(), 'versions-'))
afterAll(() => rmSync(root, { recursive: true }))
let directories = 0
const newPath = (): string => join(root, `${directories++}`)
const openDisk = (path = newPath(), keepVersions = KEEP, chainId = CHAIN): MultiStore =>
  openLmdbStore({ path, names: NAMES, chainId, formatVersion: 1 }, 'at-close', { keepVersions, cachedNodes: 8 })
const openMemory = (keepVersions = KEEP, chainId = CHAIN): MultiStore =>
  openMemoryStore(NAMES, { keepVersions, chainId })

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')
const list = (store: StoreReader, reverse = false): string[] =>
  [...store.scan(bytes(''), { reverse })].map(([k, v]) => `${Buffer.from(k).toString('latin1')}=${hex(v)}`)
const exported = (state: MultiStore, version: bigint): Uint8Array => {
  const chunks: Uint8Array[] = []
  state.exportState(version, (chunk) => chunks.push(chunk))
  return new Uint8Array(Buffer.concat(chunks))
}

/** Nodes in a closed state directory. */
function countNodes(path: string): number {
  const db = open<Uint8Array, Uint8Array>({ path, noSubdir: false, keyEncoding: 'binary', encoding: 'binary' })
  const count = [...db.getKeys({ start: Uint8Array.of(0xff) })].length
  void db.close()
  return count
}

function fill(state: MultiStore, count: number): void {
  for (let i = 0; i < count; i++) {
    state.store('bank').put(bytes(`balance/${(i * 37) % 101}`), bytes(`v${i}`))
    state.store('mint').put(bytes(`m/${i}`), bytes('1'))
  }
}

function keepsVersions(name: string, create: () => MultiStore): void {
  describe(name, () => {
    it('answers for the versions that it keeps, and says which where it does not', () => {
      const state = create()
      expect(state.earliest()).toBe(0n)
      expect(list(state.at(0n).store('bank'))).toEqual([])
      expect(() => state.prove('bank', bytes('a'), 0n)).toThrow(RangeError)
      for (let version = 7n; version <= 12n; version++) {
        state.store('bank').put(bytes('k'), bytes(`${version}`))
        state.store('bank').put(bytes(`k${version}`), bytes('x'))
        state.commit(version)
      }
      expect(state.earliest()).toBe(9n)
      expect(state.at(9n).store('bank').get(bytes('k'))).toEqual(bytes('9'))
      expect(list(state.at(9n).store('bank'), true)[0]).toBe(`k9=${hex(bytes('x'))}`)
      const sentence = 'version 8 is not kept any more: expected one from 9 to 12'
      for (const ask of [() => state.at(8n), () => state.prove('bank', bytes('k'), 8n), () => exported(state, 8n)])
        expect(ask).toThrow(expect.objectContaining({ code: 'PRUNED', message: expect.stringContaining(sentence) }))
      expect(() => state.at(13n)).toThrow(RangeError)
      expect(() => state.at(9n).store('gov')).toThrow(RangeError)
      expect(() => state.prove('gov', bytes('k'), 9n)).toThrow(RangeError)
      state.close()
      expect(() => state.at(9n)).toThrow(/closed/)
    })

    it('shows a version as it is while later ones are committed, until it is pruned', () => {
      const state = create()
      fill(state, 20)
      state.commit(1n)
      const old = state.at(1n)
      const before = list(old.store('mint'))
      expect(before).toHaveLength(20)
      const scan = old.store('mint').scan(bytes(''))[Symbol.iterator]()
      const seen = [scan.next().value, scan.next().value]
      state.store('mint').delete(bytes('m/19'))
      state.store('mint').put(bytes('m/0'), bytes('2'))
      old.store('mint').put(bytes('only here'), bytes(''))
      state.commit(2n)
      for (let next = scan.next(); !next.done; next = scan.next()) seen.push(next.value)
      expect(seen).toHaveLength(21)
      expect(list(state.at(1n).store('mint'))).toEqual(before)
      for (let version = 3n; version <= 5n; version++) state.commit(version)
      expect(() => old.store('mint').get(bytes('m/1'))).toThrow(/not kept any more/)
      expect(() => list(old.store('mint'))).toThrow(/not kept any more/)
      state.close()
    })

    it('has a root that does the work once and follows the state, not its history', () => {
      const [state, other] = [create(), create()]
      fill(state, 10)
      const working = state.workingRoot(3n)
      expect(state.workingRoot(3n)).toEqual(working)
      expect(state.workingRoot(4n)).not.toEqual(working)
      state.store('bank').put(bytes('z'), bytes('1'))
      expect(state.workingRoot(3n)).not.toEqual(working)
      state.store('bank').delete(bytes('z'))
      expect(state.commit(3n).root).toEqual(working)
      fill(other, 10)
      expect(other.commit(3n).root).toEqual(working)
      state.store('bank').delete(bytes('absent'))
      expect(state.commit(4n).root).toEqual(working)
      state.close()
      other.close()
    })

    it('refuses a damaged, foreign or cut export, and leaves nothing behind', () => {
      const [state, other] = [create(), create()]
      fill(state, 12)
      const { root: latest } = state.commit(5n)
      const file = exported(state, 5n)
      expect(() => state.importState([file])).toThrow(/empty one/)
      const step = Math.max(1, Math.floor(file.length / 150))
      for (let at = 0; at < file.length; at += step) {
        const altered = file.map((byte, i) => (i === at ? byte ^ 1 : byte))
        expect(() => other.importState([altered])).toThrow(expect.objectContaining({ code: 'DAMAGED' }))
        expect(() => other.importState([file.subarray(0, at)])).toThrow(expect.objectContaining({ code: 'DAMAGED' }))
      }
      expect(() => other.importState([file, Uint8Array.of(1)])).toThrow(/bytes follow/)
      const foreign = openMemory(KEEP, 'other-1')
      expect(() => foreign.importState([file])).toThrow(expect.objectContaining({ code: 'WRONG_CHAIN' }))
      const fewer = openMemoryStore(['bank'], { chainId: CHAIN })
      expect(() => fewer.importState([file])).toThrow(expect.objectContaining({ code: 'WRONG_VERSION' }))
      expect(other.latest().version).toBe(0n)
      for (const store of NAMES) expect(list(other.store(store))).toEqual([])
      const pieces = Array.from({ length: Math.ceil(file.length / 7) }, (_, i) => file.subarray(7 * i, 7 * i + 7))
      expect(other.importState(pieces)).toEqual({ version: 5n, root: latest })
      for (const store of NAMES) {
        expect(list(other.store(store))).toEqual(list(state.store(store)))
        expect(list(other.at(5n).store(store))).toEqual(list(state.store(store)))
      }
      fill(state, 3)
      fill(other, 3)
      expect(other.commit(6n)).toEqual(state.commit(6n))
      expect(exported(other, 6n)).toEqual(exported(state, 6n))
      for (const one of [state, other]) one.close()
    })
  })
}

keepsVersions('memory store', openMemory)
keepsVersions('LMDB store', openDisk)

type Step = {
  readonly kind: 'put' | 'delete' | 'fork' | 'apply' | 'discard' | 'commit'
  readonly name: string
  readonly key: string
  readonly value: string
}
type Snapshot = ReadonlyMap<string, ReadonlyMap<string, string>>

const emptySnapshot = (): Map<string, Map<string, string>> => new Map(NAMES.map((name) => [name, new Map()]))
const copyOf = (from: Snapshot): Map<string, Map<string, string>> =>
  new Map([...from].map(([name, map]) => [name, new Map(map)]))
const linesOf = (snapshot: Snapshot, name: string): string[] =>
  [...(snapshot.get(name) ?? [])]
    .sort(([a], [b]) => Buffer.compare(bytes(a), bytes(b)))
    .map(([key, value]) => `${key}=${hex(bytes(value))}`)

/** Runs a history on both back ends and a plain map; the snapshots of all versions, and both states, still open. */
function play(
  steps: readonly Step[],
  states: readonly MultiStore[],
  look: (versions: readonly Snapshot[]) => void,
): { readonly versions: readonly Snapshot[]; readonly working: Snapshot } {
  const versions: Snapshot[] = [emptySnapshot()]
  const layers = [
    {
      sets: [...states].map((state) => ({
        store: state.store,
        fork: state.fork,
        end: undefined as undefined | ReturnType<MultiStore['fork']>,
      })),
      model: emptySnapshot(),
    },
  ]
  for (const { kind, name, key, value } of steps) {
    const top = layers.at(-1)
    if (top === undefined) break
    if (kind === 'put') {
      for (const set of top.sets) set.store(name).put(bytes(key), bytes(value))
      top.model.get(name)?.set(key, value)
    } else if (kind === 'delete') {
      for (const set of top.sets) set.store(name).delete(bytes(key))
      top.model.get(name)?.delete(key)
    } else if (kind === 'fork') {
      const sets = top.sets.map((set) => {
        const end = set.end === undefined ? set.fork() : set.end.fork()
        return { store: (of: string) => end.store(of), fork: () => end.fork(), end }
      })
      layers.push({ sets, model: copyOf(top.model) })
    } else if (kind !== 'commit') {
      if (layers.length < 2) continue
      layers.pop()
      for (const { end } of top.sets) end?.[kind]()
      const below = layers.at(-1)
      if (kind === 'apply' && below !== undefined) below.model = top.model
    } else {
      if (layers.length > 1) continue
      const version = BigInt(versions.length)
      const roots = states.map((state) => hex(state.commit(version).root))
      expect(new Set(roots).size).toBe(1)
      versions.push(copyOf(top.model))
      look(versions)
    }
  }
  for (const { sets } of layers.slice(1).reverse()) for (const { end } of sets) end?.discard()
  return { versions, working: layers[0]?.model ?? emptySnapshot() }
}

describe('both stores and a plain sorted map', () => {
  const key = fc
    .array(fc.constantFrom('a', 'b', 'c', '\0', '\xff'), { minLength: 1, maxLength: 2 })
    .map((parts) => parts.join(''))
  const weighted = fc.constantFrom<Step['kind']>(
    'put',
    'put',
    'put',
    'put',
    'delete',
    'delete',
    'fork',
    'apply',
    'discard',
    'commit',
    'commit',
  )
  const step = fc.record({
    kind: weighted,
    name: fc.constantFrom(...NAMES),
    key,
    value: fc.constantFrom('', '1', '2', 'long value'),
  })

  it('agree on every kept version and its proofs, and keep no node for nothing', () => {
    const run = (steps: readonly Step[], asked: string): void => {
      const path = newPath()
      const states = [openMemory(), openDisk(path)]
      const { versions, working } = play(steps, states, (known) => {
        const latest = known.length - 1
        for (const state of states) {
          expect(state.earliest()).toBe(BigInt(Math.max(1, latest - KEEP + 1)))
          for (let version = Math.max(1, latest - KEEP + 1); version <= latest; version++)
            checkVersion(state, BigInt(version), known[version] ?? emptySnapshot(), asked)
        }
      })
      for (let more = 0; more < KEEP; more++) for (const state of states) state.commit(BigInt(versions.length + more))
      for (const state of states) state.close()
      const sizes = [...working.values()].map((map) => map.size)
      expect(countNodes(path)).toBe(sizes.reduce((sum, size) => sum + (size === 0 ? 0 : 2 * size - 1), 0))
    }
    fc.assert(fc.property(fc.array(step, { maxLength: 120 }), key, run), { numRuns: 60, seed: 3 })
  })

  it('give the same root after export and import, with every prefix covered', () => {
    const run = (steps: readonly Step[]): void => {
      const states = [openMemory(), openDisk()]
      const { versions } = play(steps, states, () => undefined)
      const version = BigInt(versions.length - 1)
      if (version > 0n) {
        const [one, two] = states.map((state) => exported(state, version))
        expect(one).toEqual(two)
        const taken = [openMemory(), openDisk()]
        for (const state of taken) {
          expect(state.importState([one ?? new Uint8Array(0)])).toEqual(states[0]?.latest())
          for (const name of NAMES)
            expect(list(state.store(name))).toEqual(linesOf(versions.at(-1) ?? emptySnapshot(), name))
          state.close()
        }
      }
      for (const state of states) state.close()
    }
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), run), { numRuns: 30, seed: 4 })
  })
})

/** Entries and proofs of one version, and that altered proofs are refused. */
function checkVersion(state: MultiStore, version: bigint, snapshot: Snapshot, asked: string): void {
  const view = state.at(version)
  for (const name of NAMES) {
    expect(list(view.store(name))).toEqual(linesOf(snapshot, name))
    expect(list(view.store(name), true)).toEqual(linesOf(snapshot, name).reverse())
  }
  const expected = snapshot.get('bank')?.get(asked)
  const proven = state.prove('bank', bytes(asked), version)
  expect(proven.value).toEqual(expected === undefined ? undefined : bytes(expected))
  expect(proven.ops.map(({ type, key }) => [type, Buffer.from(key).toString('latin1')])).toEqual([
    ['ics23:iavl', asked],
    ['ics23:simple', 'bank'],
  ])
  // ICS-23 cannot prove an empty value, nor anything about an empty tree.
  if (expected === '' || [...(snapshot.get('bank')?.values() ?? [''])].every((value) => value === '')) return
  if (expected === undefined && [...(snapshot.get('bank')?.values() ?? [])].includes('')) return
  const app = rootAt(state, version)
  expect(isProven(proven, app, 'bank', bytes(asked))).toBe(true)
  expect(
    isProven(
      proven,
      app.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
      'bank',
      bytes(asked),
    ),
  ).toBe(false)
  expect(isProven(proven, app, 'mint', bytes(asked))).toBe(false)
  expect(
    isProven({ ...proven, value: expected === undefined ? bytes('1') : bytes('other') }, app, 'bank', bytes(asked)),
  ).toBe(false)
}

const ROOTS = new WeakMap<MultiStore, Map<bigint, Uint8Array>>()
/** The root of a version, remembered from when it was the latest. */
function rootAt(state: MultiStore, version: bigint): Uint8Array {
  const known = ROOTS.get(state) ?? new Map<bigint, Uint8Array>()
  ROOTS.set(state, known)
  const { version: latest, root: newest } = state.latest()
  if (latest === version) known.set(version, newest)
  return known.get(version) ?? newest
}
