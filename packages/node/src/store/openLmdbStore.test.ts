import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nameFullDisk } from './fileErrors.ts'
import type { StateIdentity } from './metaRecord.ts'
import { openLmdbStore } from './openLmdbStore.ts'
import { StoreError } from './storeError.ts'

const KEY = Uint8Array.of(1)
let identity: StateIdentity
let data: string

beforeEach(() => {
  const path = mkdtempSync(join(tmpdir(), 'lmdb-'))
  data = join(path, 'data.mdb')
  identity = { path, names: ['bank', 'auth'], chainId: 'test-1', formatVersion: 1 }
  const state = openLmdbStore(identity)
  for (let i = 0; i < 200; i++) state.store('bank').put(Uint8Array.of(2, i), new Uint8Array(200))
  state.store('bank').put(KEY, Uint8Array.of(7))
  state.commit(1n)
  state.store('bank').put(KEY, Uint8Array.of(8))
  state.close()
})
afterEach(() => rmSync(identity.path, { recursive: true }))

function refusal(change: Partial<StateIdentity> = {}): StoreError {
  const before = existsSync(data) ? readFileSync(data) : undefined
  try {
    openLmdbStore({ ...identity, ...change }).close()
  } catch (error) {
    expect(existsSync(data) ? readFileSync(data) : undefined).toEqual(before)
    if (error instanceof StoreError) return error
    throw error
  }
  throw new Error('the directory was opened')
}

describe('a state directory', () => {
  it('holds what was committed and nothing else after it was closed', () => {
    const state = openLmdbStore(identity)
    expect(state.latest().version).toBe(1n)
    expect(state.store('bank').get(KEY)).toEqual(Uint8Array.of(7))
    expect(state.commit(2n).root).toEqual(state.latest().root)
    state.close()
  })

  it('is refused for another chain, format version or set of stores', () => {
    const chain = refusal({ chainId: 'other-1' })
    expect(chain.code).toBe('WRONG_CHAIN')
    expect(chain.message).toContain("belongs to chain 'test-1', expected 'other-1'")
    expect(refusal({ formatVersion: 2 }).code).toBe('WRONG_VERSION')
    expect(refusal({ names: ['bank'] }).code).toBe('WRONG_VERSION')
    openLmdbStore(identity).close()
  })

  it('is refused when its meta record is altered or missing', () => {
    const edit = (change: (db: ReturnType<typeof open<Uint8Array, Uint8Array>>) => void): void => {
      const db = open<Uint8Array, Uint8Array>({
        path: identity.path,
        noSubdir: false,
        keyEncoding: 'binary',
        encoding: 'binary',
      })
      db.transactionSync(() => change(db))
      void db.close()
    }
    edit((db) =>
      db.putSync(
        Uint8Array.of(0),
        (db.get(Uint8Array.of(0)) ?? KEY).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      ),
    )
    expect(refusal().code).toBe('DAMAGED')
    edit((db) => db.removeSync(Uint8Array.of(0)))
    expect(refusal().message).toContain('no meta record')
  })

  it('is refused when its data file is foreign, shortened or gone', () => {
    const copy = `${data}.copy`
    copyFileSync(data, copy)
    truncateSync(data, statSync(data).size >> 1)
    expect(refusal().code).toBe('DAMAGED')
    writeFileSync(data, new Uint8Array(statSync(copy).size).fill(5))
    expect(refusal().message).toContain('not an LMDB file')
    rmSync(data)
    expect(refusal().message).toContain('missing')
    copyFileSync(copy, data)
    openLmdbStore(identity).close()
  })

  it('is refused while in use, here or in another process, and taken over from a dead one', () => {
    const state = openLmdbStore(identity)
    expect(refusal().code).toBe('LOCKED')
    state.close()
    const lock = join(identity.path, 'LOCK')
    expect(existsSync(lock)).toBe(false)
    writeFileSync(lock, `${process.ppid}\n`)
    expect(refusal().message).toContain(`process ${process.ppid}`)
    expect(existsSync(lock)).toBe(true)
    writeFileSync(lock, `${spawnSync(process.execPath, ['-e', '']).pid}\n`)
    openLmdbStore(identity).close()
    writeFileSync(lock, `${process.pid}\n`)
    openLmdbStore(identity).close()
  })

  it('names a full disk', () => {
    const error = nameFullDisk(Object.assign(new Error('No space left on device'), { code: 28 }), '/state')
    expect(error).toMatchObject({ name: 'StoreError', code: 'FULL' })
    const other = new Error('other')
    expect(nameFullDisk(other, '/state')).toBe(other)
  })
})
