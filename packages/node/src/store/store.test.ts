import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { MultiStore } from './multiStore.ts'
import { openLmdbStore } from './openLmdbStore.ts'
import { openMemoryStore } from './openMemoryStore.ts'
import type { ScanOptions, Store, StoreFork, StoreReader } from './store.ts'

const NAMES = ['bank', 'auth']
const root = mkdtempSync(join(tmpdir(), 'store-'))
let directories = 0
const openDisk = (): MultiStore =>
  openLmdbStore({ path: join(root, `${directories++}`), names: NAMES, chainId: 'test-1', formatVersion: 1 })
afterAll(() => rmSync(root, { recursive: true }))

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const list = (store: StoreReader, prefix = '', options: ScanOptions = {}): string[] =>
  [...store.scan(bytes(prefix), options)].map(
    ([k, v]) => `${Buffer.from(k).toString('latin1')}=${Buffer.from(v).toString('latin1')}`,
  )
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')

function fill(store: Store, text: string): void {
  for (const key of text.split(' ')) store.put(bytes(key), bytes(key.toUpperCase()))
}

function behaves(name: string, open: () => MultiStore): void {
  describe(name, () => {
    it('scans in byte order by prefix, start, direction and limit, committed or not', () => {
      const state = open()
      const bank = state.store('bank')
      fill(bank, 'b/2 a c b/1 b/3 b')
      state.store('auth').put(bytes('b/9'), bytes('other'))
      for (const version of [1n, 2n, 3n]) {
        expect(list(bank, 'b/')).toEqual(['b/1=B/1', 'b/2=B/2', 'b/3=B/3'])
        expect(list(bank, 'b/', { reverse: true, limit: 2 })).toEqual(['b/3=B/3', 'b/2=B/2'])
        expect(list(bank, 'b/', { start: bytes('b/2') })).toEqual(['b/2=B/2', 'b/3=B/3'])
        expect(list(bank, 'b/', { start: bytes('b/2'), reverse: true })).toEqual(['b/2=B/2', 'b/1=B/1'])
        expect(list(bank, '', { reverse: true })).toEqual(['c=C', 'b/3=B/3', 'b/2=B/2', 'b/1=B/1', 'b=B', 'a=A'])
        expect(list(bank, 'b/', { start: bytes('c') })).toEqual([])
        expect(list(bank, 'b/', { limit: 0 })).toEqual([])
        state.commit(version)
      }
      expect(() => list(bank, '', { limit: -1 })).toThrow(RangeError)
      state.close()
    })

    it('keeps empty keys, empty values and bytes of 0xff', () => {
      const state = open()
      const bank = state.store('bank')
      bank.put(bytes('\xff\xff'), bytes('2'))
      bank.put(bytes('\xff'), bytes('1'))
      bank.put(bytes(''), bytes(''))
      state.commit(1n)
      expect(bank.get(bytes(''))).toEqual(new Uint8Array(0))
      expect(list(bank, '\xff')).toEqual(['\xff=1', '\xff\xff=2'])
      state.close()
    })

    it('shares no memory with its caller', () => {
      const state = open()
      const bank = state.store('bank')
      const key = bytes('k')
      const value = bytes('v')
      bank.put(key, value)
      key[0] = 0
      value[0] = 0
      for (const version of [1n, 2n]) {
        bank.get(bytes('k'))?.fill(0)
        for (const [k, v] of bank.scan(bytes(''))) {
          k.fill(0)
          v.fill(0)
        }
        expect(list(bank)).toEqual(['k=v'])
        state.commit(version)
      }
      state.close()
    })

    it('may be written during a scan, but not committed', () => {
      const state = open()
      const bank = state.store('bank')
      fill(bank, 'a b c')
      state.commit(1n)
      fill(bank, 'd')
      const seen: string[] = []
      for (const [key] of bank.scan(bytes(''))) {
        seen.push(Buffer.from(key).toString())
        bank.delete(key)
        if (seen.length === 1) {
          bank.delete(bytes('c'))
          bank.put(bytes('e'), bytes('E'))
        }
      }
      expect(seen).toEqual(['a', 'b', 'd', 'e'])
      expect(list(bank)).toEqual([])
      const scan = bank.fork().scan(bytes(''))
      fill(bank, 'x y')
      expect(() => {
        for (const _ of scan) state.commit(2n)
      }).toThrow(/during this scan/)
      state.close()
    })

    it('applies and discards forks of one store and of all', () => {
      const state = open()
      const outer = state.fork()
      const inner = outer.fork()
      fill(inner.store('bank'), 'a')
      fill(inner.store('auth'), 'b')
      expect(list(outer.store('bank'))).toEqual([])
      inner.apply()
      expect(list(outer.store('bank'))).toEqual(['a=A'])
      outer.discard()
      expect(() => outer.store('bank').get(bytes('a'))).toThrow(/discarded/)
      expect(list(state.store('auth'))).toEqual([])
      expect(() => state.store('gov')).toThrow(RangeError)
      expect(() => state.store('bank').put(new Uint8Array(1025), bytes(''))).toThrow(RangeError)
      state.close()
      expect(() => state.store('bank').get(bytes('a'))).toThrow(/closed/)
    })

    it('shows the upper layer where several hold a key, in both directions', () => {
      const state = open()
      fill(state.store('bank'), 'a b c')
      state.commit(1n)
      state.store('bank').put(bytes('a'), bytes('working'))
      const fork = state.store('bank').fork()
      fork.put(bytes('a'), bytes('fork'))
      fork.put(bytes('b'), bytes('fork'))
      fork.delete(bytes('c'))
      expect(list(fork)).toEqual(['a=fork', 'b=fork'])
      expect(list(fork, '', { reverse: true })).toEqual(['b=fork', 'a=fork'])
      expect(list(state.store('bank'), '', { reverse: true })).toEqual(['c=C', 'b=B', 'a=working'])
      state.close()
    })

    it('has a scratch layer over the committed state only', () => {
      const state = open()
      fill(state.store('bank'), 'a')
      const scratch = state.scratch()
      expect(list(scratch.store('bank'))).toEqual([])
      fill(scratch.store('bank'), 'z')
      state.commit(1n)
      expect(list(scratch.store('bank'))).toEqual(['a=A', 'z=Z'])
      expect(list(state.store('bank'))).toEqual(['a=A'])
      state.close()
    })

    it('has roots that follow what is applied and nothing else', () => {
      const [one, two] = [open(), openMemoryStore([...NAMES].reverse())]
      for (const version of [5n, 6n, 7n]) {
        const rejected = one.fork()
        fill(rejected.store('bank'), 'x y')
        rejected.discard()
        const kept = one.fork()
        fill(kept.store('bank'), 'b a')
        kept.store('auth').delete(bytes(`${version}`))
        kept.apply()
        fill(two.store('bank'), 'a b')
        two.store('auth').delete(bytes(`${version}`))
        const before = hex(two.latest().root)
        const working = hex(one.workingRoot(version))
        expect(hex(one.commit(version).root)).toBe(working)
        expect(hex(two.commit(version).root)).toBe(working)
        expect(working).not.toBe(before)
      }
      expect(hex(one.commit(8n).root)).toBe(hex(two.latest().root))
      expect(() => one.commit(8n)).toThrow(RangeError)
      expect(() => one.commit(10n)).toThrow(RangeError)
      expect(one.latest().version).toBe(8n)
      one.close()
      two.close()
    })

    it('behaves as a plain sorted map', () => checkAgainstModel(open))
  })
}

type Model = Map<string, string>
type Step = readonly ['put' | 'delete' | 'fork' | 'apply' | 'discard' | 'commit', string, string]

function modelList(model: Model, prefix: string, { start, reverse = false, limit = 1e9 }: ScanOptions): string[] {
  const inside = [...model].filter(([k]) => {
    const order = start === undefined ? 0 : compareBytes(bytes(k), start)
    return k.startsWith(prefix) && (reverse ? order <= 0 : order >= 0)
  })
  inside.sort(([a], [b]) => (reverse ? compareBytes(bytes(b), bytes(a)) : compareBytes(bytes(a), bytes(b))))
  return inside.slice(0, limit).map(([k, v]) => `${k}=${v}`)
}

function checkAgainstModel(open: () => MultiStore): void {
  const key = fc.array(fc.constantFrom('\0', 'a', 'b', '\xff'), { maxLength: 2 }).map((parts) => parts.join(''))
  const start = fc.constantFrom('', '', 'a', '\xff')
  const kind = fc.constantFrom<Step[0]>('put', 'put', 'put', 'delete', 'delete', 'fork', 'apply', 'discard', 'commit')
  const steps = fc.array(fc.tuple(kind, key, key), { maxLength: 60 })
  const option = fc.record({ start: key, reverse: fc.boolean(), limit: fc.nat(5) }, { requiredKeys: [] })
  const run = (
    program: readonly Step[],
    prefix: string,
    raw: { start?: string; reverse?: boolean; limit?: number },
  ) => {
    const state = open()
    const { start, ...rest } = raw
    const options: ScanOptions = start === undefined ? rest : { ...rest, start: bytes(start) }
    let base: Model = new Map()
    const layers: { store: StoreFork; model: Model }[] = []
    let version = 0n
    for (const [what, k, v] of program) {
      const top = layers.at(-1)
      const store = top?.store ?? state.store('bank')
      const model = top?.model ?? base
      if (what === 'put') {
        store.put(bytes(k), bytes(v))
        model.set(k, v)
      } else if (what === 'delete') {
        store.delete(bytes(k))
        model.delete(k)
      } else if (what === 'fork') layers.push({ store: store.fork(), model: new Map(model) })
      else if (what === 'commit') state.commit(++version)
      else if (top !== undefined) {
        layers.pop()
        top.store[what]()
        const below = layers.at(-1)
        if (what === 'apply' && below !== undefined) below.model = top.model
        else if (what === 'apply') base = top.model
      }
      const now = layers.at(-1)
      const reader = now?.store ?? state.store('bank')
      expect(list(reader, prefix, options)).toEqual(modelList(now?.model ?? base, prefix, options))
      expect(reader.get(bytes(k))).toEqual(
        (now?.model ?? base).has(k) ? bytes((now?.model ?? base).get(k) ?? '') : undefined,
      )
    }
    state.close()
  }
  fc.assert(fc.property(steps, start, option, run), { numRuns: 200, seed: 1 })
}

behaves('memory store', () => openMemoryStore(NAMES))
behaves('LMDB store', openDisk)
