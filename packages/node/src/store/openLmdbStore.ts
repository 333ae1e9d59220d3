// determinism-allow: makes the state directory
import { mkdirSync } from 'node:fs'
import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import { type Database, open } from 'lmdb'
import type { BackEnd, Base, StateMeta, WriteSet } from './backEnd.ts'
import { checkDataFile, noteDataSize } from './checkDataFile.ts'
import { type Durability, syncFile } from './durability.ts'
import { nameFullDisk } from './fileErrors.ts'
import { type KeyRange, prefixEnd } from './keyRange.ts'
import { acquireLock } from './lockFile.ts'
import { MAP_OPTIONS } from './mapOptions.ts'
import { damaged, decodeMeta, encodeMeta, type StateIdentity } from './metaRecord.ts'
import type { MultiStore } from './multiStore.ts'
import { openMultiStore } from './openMultiStore.ts'
import { emptyMeta, sortNames } from './roots.ts'
import type { Entry } from './sortedMap.ts'

type Bytes = Database<Uint8Array, Uint8Array>

/** Sorts before every entry: entries start with the length of their store's name, at least 1. */
const META_KEY = Uint8Array.of(0)

function entryPrefix(name: string): Uint8Array {
  const bytes = Buffer.from(name, 'utf8')
  return new Uint8Array(Buffer.concat([Uint8Array.of(bytes.length), bytes]))
}

class LmdbBase implements Base {
  private readonly db: Bytes
  private readonly prefix: Uint8Array
  private readonly end: Uint8Array | undefined
  private readonly commits: () => number

  constructor(db: Bytes, name: string, commits: () => number) {
    this.db = db
    this.prefix = entryPrefix(name)
    this.end = prefixEnd(this.prefix)
    this.commits = commits
  }

  generation(): number {
    return this.commits()
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const value = this.db.get(concatBytes(this.prefix, key))
    return value === undefined ? undefined : new Uint8Array(value)
  }

  *range({ from, to, reverse }: KeyRange): Generator<Entry<Uint8Array>> {
    const low = concatBytes(this.prefix, from)
    const high = to === undefined ? this.end : concatBytes(this.prefix, to)
    if (high === undefined) return
    if (Buffer.compare(low, high) >= 0) return
    const bounds = reverse
      ? { start: high, end: low, reverse, exclusiveStart: true, inclusiveEnd: true }
      : { start: low, end: high }
    for (const { key, value } of this.db.getRange(bounds))
      yield { key: new Uint8Array(key.subarray(this.prefix.length)), value: new Uint8Array(value) }
  }
}

function writeAll(db: Bytes, record: Uint8Array, writeSets: ReadonlyMap<string, WriteSet>): void {
  db.transactionSync(() => {
    db.putSync(META_KEY, record)
    for (const [name, writes] of writeSets) {
      const prefix = entryPrefix(name)
      for (const { key, value } of writes.entries()) {
        if (value === undefined) db.removeSync(concatBytes(prefix, key))
        else db.putSync(concatBytes(prefix, key), value)
      }
    }
  })
}

/** The state's meta; undefined where the database is empty because its creation was interrupted or is to come. */
function readMeta(db: Bytes, identity: StateIdentity, wasWritten: boolean): StateMeta | undefined {
  const record = db.get(META_KEY)
  if (record !== undefined) return decodeMeta(record, identity)
  const isEmpty = [...db.getKeys({ limit: 1 })].length === 0
  if (wasWritten || !isEmpty) throw damaged(identity.path, 'it has no meta record')
  return undefined
}

/** Opens LMDB and checks the meta record, or writes the first one where the directory is new. */
function openDatabase(
  identity: StateIdentity,
  durability: Durability,
): { readonly db: Bytes; readonly meta: StateMeta } {
  const { path, names } = identity
  const wasWritten = checkDataFile(path)
  // A commit that must be on disk when it returns allows no overlapping sync.
  const noSync = durability === 'at-close'
  const options = { path, noSubdir: false, overlappingSync: false, noSync, cache: false, ...MAP_OPTIONS } as const
  const db: Bytes = open<Uint8Array, Uint8Array>({ ...options, keyEncoding: 'binary', encoding: 'binary' })
  try {
    const found = readMeta(db, identity, wasWritten)
    if (found !== undefined) return { db, meta: found }
    const meta = emptyMeta(names)
    writeAll(db, encodeMeta(identity, meta), new Map())
    return { db, meta }
  } catch (error) {
    void db.close()
    throw error
  }
}

function createBackEnd(identity: StateIdentity, durability: Durability, release: () => void): BackEnd {
  const { path } = identity
  const opened = openDatabase(identity, durability)
  const { db } = opened
  let { meta } = opened
  let commits = 0
  let size = noteDataSize(path, 0)
  return {
    meta: (): StateMeta => meta,
    base: (name: string): Base => new LmdbBase(db, name, () => commits),
    write(next: StateMeta, writeSets: ReadonlyMap<string, WriteSet>): void {
      try {
        writeAll(db, encodeMeta(identity, next), writeSets)
      } catch (error) {
        throw nameFullDisk(error, path)
      }
      commits++
      meta = next
      size = noteDataSize(path, size)
    },
    close(): void {
      void db.close()
      if (durability === 'at-close') syncFile(`${path}/data.mdb`)
      release()
    },
  }
}

function isLmdbDamage(error: unknown): error is Error {
  return error instanceof Error && /MDB_(INVALID|CORRUPTED|PAGE_NOTFOUND|VERSION_MISMATCH)/.test(error.message)
}

/**
 * Opens or creates a state directory. Refuses one that another process uses, that belongs to another chain or format
 * version, or that is damaged (`StoreError`), and then changes nothing in it. The checks cover the file and the meta
 * record; entries carry no checksum of their own.
 */
export function openLmdbStore(identity: StateIdentity, durability: Durability = 'each-block'): MultiStore {
  const { path } = identity
  const names = sortNames(identity.names)
  try {
    mkdirSync(path, { recursive: true })
    const release = acquireLock(`${path}/LOCK`)
    try {
      return openMultiStore(createBackEnd({ ...identity, names }, durability, release))
    } catch (error) {
      release()
      throw error
    }
  } catch (error) {
    throw isLmdbDamage(error) ? damaged(path, error.message) : nameFullDisk(error, path)
  }
}
