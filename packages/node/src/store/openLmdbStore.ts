// determinism-allow: makes the state directory
import { mkdirSync } from 'node:fs'
import { open } from 'lmdb'
import type { BackEnd, Base, Commit, StateMeta, StateSink, Trees } from './backEnd.ts'
import { checkDataFile, noteDataSize } from './checkDataFile.ts'
import { checkTrees } from './checkTrees.ts'
import { type Durability, syncFile } from './durability.ts'
import { nameFullDisk } from './fileErrors.ts'
import { type Bytes, LmdbBase } from './lmdbBase.ts'
import { entryPrefix, META_KEY, nodeKey, rootsKey } from './lmdbKeys.ts'
import { putEntry, putNode, putVersion, writeCommit } from './lmdbWrites.ts'
import { acquireLock } from './lockFile.ts'
import { MAP_OPTIONS } from './mapOptions.ts'
import { damaged, decodeMeta, type StateIdentity } from './metaRecord.ts'
import type { MultiStore } from './multiStore.ts'
import { openMultiStore } from './openMultiStore.ts'
import { emptyMeta, sortNames } from './roots.ts'
import type { StoreError } from './storeError.ts'
import { NodeCache, unloadNode } from './tree/nodeCache.ts'
import { decodeNode, decodeRoots } from './tree/nodeRecord.ts'
import type { NodeSource, TreeNode } from './tree/treeNode.ts'

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
    db.transactionSync(() => putVersion(db, identity, meta, new Map()))
    return { db, meta }
  } catch (error) {
    void db.close()
    throw error
  }
}

class LmdbBackEnd implements BackEnd {
  readonly chainId: string
  readonly keepVersions: number
  readonly reader: NodeSource
  readonly cache: NodeCache
  private readonly identity: StateIdentity
  private readonly durability: Durability
  private readonly release: () => void
  private readonly db: Bytes
  private current: StateMeta
  private commits = 0
  private size: number

  constructor(identity: StateIdentity, { durability, keepVersions, cachedNodes, release }: BackEndOptions) {
    const { db, meta } = openDatabase(identity, durability)
    this.chainId = identity.chainId
    this.keepVersions = keepVersions
    this.reader = { load: (node: TreeNode): void => this.load(node) }
    this.cache = new NodeCache(this.reader, cachedNodes)
    this.identity = identity
    this.durability = durability
    this.release = release
    this.db = db
    this.current = meta
    this.size = noteDataSize(identity.path, 0)
  }

  meta(): StateMeta {
    return this.current
  }

  base(name: string): Base {
    return new LmdbBase(this.db, name, { commits: () => this.commits, damage: (found) => this.damage(found) })
  }

  trees(version: bigint): Trees {
    const { names } = this.identity
    if (version === 0n) return new Map(names.map((name) => [name, undefined]))
    const record = this.db.get(rootsKey(Number(version)))
    const roots = record === undefined ? undefined : decodeRoots(record, names.length)
    if (roots === undefined) throw this.damage(`the roots of height ${version} are not what was written`)
    return new Map(names.map((name, i) => [name, roots[i]]))
  }

  write(commit: Commit): void {
    this.transact(() => writeCommit(this.db, this.identity, commit))
    this.cache.turn(commit.made, commit.replaced)
    this.advance(commit.meta)
  }

  restore(fill: (sink: StateSink) => { readonly meta: StateMeta; readonly trees: Trees }): void {
    const { db, identity } = this
    const prefixes = new Map(identity.names.map((name) => [name, entryPrefix(name)]))
    const sink: StateSink = {
      node(node: TreeNode): void {
        putNode(db, node)
        unloadNode(node)
      },
      entry: (name, key, value) => putEntry(db, prefixes.get(name) ?? entryPrefix(name), key, value),
    }
    const meta = this.transact(() => {
      const state = fill(sink)
      putVersion(db, identity, state.meta, state.trees)
      return state.meta
    })
    this.advance(meta)
  }

  close(): void {
    void this.db.close()
    if (this.durability === 'at-close') syncFile(`${this.identity.path}/data.mdb`)
    this.release()
  }

  private advance(meta: StateMeta): void {
    this.commits++
    this.current = meta
    this.size = noteDataSize(this.identity.path, this.size)
  }

  private transact<T>(work: () => T): T {
    try {
      return this.db.transactionSync(work)
    } catch (error) {
      throw nameFullDisk(error, this.identity.path)
    }
  }

  private load(node: TreeNode): void {
    const record = this.db.get(nodeKey(node.at, node.nonce))
    if (record !== undefined && decodeNode(record, node)) return
    throw this.damage(
      `node ${node.nonce} of height ${node.at} is ${record === undefined ? 'missing' : 'not what was written'}`,
    )
  }

  private damage(found: string): StoreError {
    return damaged(this.identity.path, found)
  }
}

type BackEndOptions = Required<LmdbOptions> & { readonly durability: Durability; readonly release: () => void }

function isLmdbDamage(error: unknown): error is Error {
  return error instanceof Error && /MDB_(INVALID|CORRUPTED|PAGE_NOTFOUND|VERSION_MISMATCH)/.test(error.message)
}

/** How a state directory is kept: the newest versions that can be asked for, and the tree nodes held in memory. */
export type LmdbOptions = { readonly keepVersions?: number; readonly cachedNodes?: number }

function openBackEnd(identity: StateIdentity, options: BackEndOptions): BackEnd {
  const backEnd = new LmdbBackEnd(identity, options)
  try {
    checkTrees(backEnd, identity.path)
    return backEnd
  } catch (error) {
    backEnd.close()
    throw error
  }
}

/**
 * Opens or creates a state directory. Refuses one that another process uses, that belongs to another chain or format
 * version, or that is damaged (`StoreError`), and then changes nothing in it. When it is opened, the file, the meta record,
 * the roots and the upper nodes of the trees are checked; every node and entry is when it is read.
 */
export function openLmdbStore(
  identity: StateIdentity,
  durability: Durability = 'each-block',
  { keepVersions = 1000, cachedNodes = 32_768 }: LmdbOptions = {},
): MultiStore {
  const { path } = identity
  const names = sortNames(identity.names)
  if (!Number.isSafeInteger(keepVersions) || keepVersions < 1)
    throw new RangeError(`keepVersions must be a count of at least 1, got ${keepVersions}`)
  try {
    mkdirSync(path, { recursive: true })
    const release = acquireLock(`${path}/LOCK`)
    try {
      const options = { durability, keepVersions, cachedNodes, release }
      return openMultiStore(openBackEnd({ ...identity, names }, options))
    } catch (error) {
      release()
      throw error
    }
  } catch (error) {
    throw isLmdbDamage(error) ? damaged(path, error.message) : nameFullDisk(error, path)
  }
}
