import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as lmdb from 'lmdb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StateIdentity } from './metaRecord.ts'
import type { MultiStore } from './multiStore.ts'
import { openLmdbStore } from './openLmdbStore.ts'
import { openMemoryStore } from './openMemoryStore.ts'
import { StoreError } from './storeError.ts'

type Bytes = lmdb.Database<Uint8Array, Uint8Array>

/** Writes left until one fails; none fails where there is no number. */
const failing: {
  left: number | undefined
  readonly open: (options: lmdb.RootDatabaseOptionsWithPath) => lmdb.RootDatabase
} = vi.hoisted(() => ({
  left: undefined,
  open: () => {
    throw new Error('not there yet')
  },
}))

vi.mock('lmdb', async (load) => {
  const real = await load<typeof lmdb>()
  const countDown = (): void => {
    if (failing.left === undefined) return
    if (failing.left === 0) throw new Error('this write fails')
    failing.left--
  }
  const open = (options: lmdb.RootDatabaseOptionsWithPath): lmdb.RootDatabase => {
    const db = real.open(options)
    const [put, remove, transact] = [db.putSync.bind(db), db.removeSync.bind(db), db.transactionSync.bind(db)]
    return Object.assign(db, {
      putSync: (...given: Parameters<typeof put>) => {
        countDown()
        return put(...given)
      },
      removeSync: (...given: Parameters<typeof remove>) => {
        countDown()
        return remove(...given)
      },
      transactionSync: <T>(work: () => T) =>
        transact(() => {
          const result = work()
          // Once more when all is written and nothing kept yet.
          countDown()
          return result
        }),
    })
  }
  return { ...real, open }
})

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
let identity: StateIdentity
beforeEach(() => {
  const path = mkdtempSync(join(tmpdir(), 'failures-'))
  identity = { path, names: ['auth', 'bank'], chainId: 'test-1', formatVersion: 1 }
})
afterEach(() => {
  failing.left = undefined
  rmSync(identity.path, { recursive: true })
})
const openDisk = (): MultiStore => openLmdbStore(identity, 'at-close', { keepVersions: 2, cachedNodes: 4 })
const listBank = (state: MultiStore): string[] =>
  [...state.store('bank').scan(bytes(''))].map(([key, value]) => `${Buffer.from(key)}=${Buffer.from(value)}`)

function block(state: MultiStore, version: number): void {
  for (let i = 0; i < 6; i++) state.store('bank').put(bytes(`k${(version * 5 + i) % 13}`), bytes(`${version}`))
  state.store('bank').delete(bytes(`k${(version * 7) % 13}`))
  state.store('auth').put(bytes('sequence'), bytes(`${version}`))
}

/** Fails once at every write of `act` in turn, then lets it pass; returns how many writes it has. */
function failAtEach(act: () => void, check: () => void): number {
  for (let writes = 0; ; writes++) {
    failing.left = writes
    try {
      act()
      failing.left = undefined
      return writes
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'this write fails') throw error
      failing.left = undefined
      check()
    }
  }
}

describe('a write that fails', () => {
  it('in a commit leaves the version before, and the next try makes the same of it', () => {
    const [state, other] = [openDisk(), openMemoryStore(identity.names)]
    for (let version = 1; version <= 6; version++) {
      block(state, version)
      block(other, version)
      const before = state.latest()
      const entries = listBank(state)
      const writes = failAtEach(
        () => state.commit(BigInt(version)),
        () => {
          expect(state.latest()).toEqual(before)
          expect(listBank(state)).toEqual(entries)
          if (version > 1)
            expect(state.at(before.version).store('auth').get(bytes('sequence'))).toEqual(bytes(`${version - 1}`))
        },
      )
      expect(writes).toBeGreaterThan(12)
      expect(state.latest()).toEqual(other.commit(BigInt(version)))
    }
    state.close()
    other.close()
  })

  it('in a commit leaves what is found after a new start', () => {
    openDisk().close()
    const other = openMemoryStore(identity.names)
    for (let version = 1; version <= 4; version++) {
      const before = other.latest()
      block(other, version)
      failAtEach(
        () => {
          const state = openDisk()
          try {
            expect(state.latest()).toEqual(version === 1 ? state.latest() : before)
            block(state, version)
            state.commit(BigInt(version))
          } finally {
            state.close()
          }
        },
        () => undefined,
      )
      const state = openDisk()
      expect(state.latest()).toEqual(other.commit(BigInt(version)))
      expect(listBank(state)).toEqual(listBank(other))
      state.close()
    }
    other.close()
  })

  it('in an import leaves an empty state, into which it can be imported', () => {
    const other = openMemoryStore(identity.names, { chainId: 'test-1' })
    block(other, 1)
    other.commit(1n)
    const chunks: Uint8Array[] = []
    other.exportState(1n, (chunk) => chunks.push(chunk))
    const state = openDisk()
    const writes = failAtEach(
      () => state.importState(chunks),
      () => {
        expect(state.latest().version).toBe(0n)
        expect(listBank(state)).toEqual([])
      },
    )
    expect(writes).toBeGreaterThan(12)
    expect(state.latest()).toEqual(other.latest())
    for (const one of [state, other]) one.close()
  })
})

/** Alters the records of a closed directory that `change` gives new bytes for. */
function alter(change: (key: Uint8Array, value: Uint8Array) => Uint8Array | undefined): number {
  const db: Bytes = lmdb.open({ path: identity.path, noSubdir: false, keyEncoding: 'binary', encoding: 'binary' })
  const entries = [...db.getRange()].map(({ key, value }) => ({
    key: new Uint8Array(key),
    value: new Uint8Array(value),
  }))
  let count = 0
  for (const { key, value } of entries) {
    const altered = change(key, value)
    if (altered === undefined) continue
    db.putSync(key, altered)
    count++
  }
  void db.close()
  return count
}
const flip = (value: Uint8Array, at: number): Uint8Array => value.map((byte, i) => (i === at ? byte ^ 1 : byte))

function refusal(act: () => unknown): StoreError {
  try {
    act()
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('a damaged state', () => {
  beforeEach(() => {
    const state = openDisk()
    for (let i = 0; i < 300; i++) state.store('bank').put(bytes(`key${i}`), bytes(`value ${i}`))
    state.commit(1n)
    block(state, 2)
    state.commit(2n)
    state.close()
  })

  it('is noticed at start where a root is altered; the error says which file, height and what to do', () => {
    // The root of height 2 is among the nodes of that height, the last of its store.
    expect(
      alter((key, value) => (key[0] === 0xff && key[8] === 2 ? flip(value, value.length - 1) : undefined)),
    ).toBeGreaterThan(5)
    const { code, message } = refusal(openDisk)
    expect(code).toBe('DAMAGED')
    expect(message).toContain(join(identity.path, 'data.mdb'))
    expect(message).toContain('go back to height 1 or an earlier one')
    expect(message).toContain('exported state')
  })

  it('is noticed at start where the roots record is altered', () => {
    expect(alter((key, value) => (key[0] === 0xf0 && key[8] === 2 ? flip(value, 9) : undefined))).toBe(1)
    expect(refusal(openDisk).message).toContain('go back to height 1')
  })

  it('never answers from a node or an entry that is not what was written', () => {
    const isLow = (value: Uint8Array): boolean => (value[4] ?? 0) < 2 && Buffer.from(value).includes('key')
    expect(
      alter((key, value) => (key[0] === 0xff && isLow(value) ? flip(value, value.length - 1) : undefined)),
    ).toBeGreaterThan(300)
    alter((key, value) => (key[0] === 4 && key.length > 7 ? flip(value, value.length - 1) : undefined))
    const state = openDisk()
    for (let i = 0; i < 300; i++) {
      const key = bytes(`key${i}`)
      const asks = [
        () => state.prove('bank', key, 2n),
        () => state.store('bank').get(key),
        () => state.at(1n).store('bank').get(key),
      ]
      for (const ask of asks) expect(refusal(ask).code).toBe('DAMAGED')
    }
    expect(refusal(() => listBank(state)).code).toBe('DAMAGED')
    state.store('bank').put(bytes('key7'), bytes(''))
    expect(refusal(() => state.commit(3n)).code).toBe('DAMAGED')
    expect(state.latest().version).toBe(2n)
    state.close()
  })
})
