import type { BackEnd, Base, Commit, StateMeta, Trees, WriteSet } from './backEnd.ts'
import { buildTrees } from './buildTrees.ts'
import { exportTrees } from './exportTrees.ts'
import { importTrees } from './importTrees.ts'
import type { CommitInfo, MultiStore, ProvenValue, StoreSet, StoreSetFork } from './multiStore.ts'
import { Overlay } from './overlay.ts'
import { rootsOf } from './roots.ts'
import type { Store } from './store.ts'
import { proveKey } from './tree/proveKey.ts'
import { proveStore } from './tree/simpleMap.ts'
import { assertKept, VersionBase } from './versionBase.ts'

const MAX_VERSION = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * Layers of every store, opened and closed together.
 *
 * PERF: a fork has a layer of a store once somebody asks for that store; a transaction touches few of them.
 */
class OverlaySet implements StoreSetFork {
  private readonly names: readonly string[]
  private readonly layers: Map<string, Overlay>
  private readonly parent: OverlaySet | undefined
  private closed = false

  private constructor(names: readonly string[], layers: Map<string, Overlay>, parent?: OverlaySet) {
    this.names = names
    this.layers = layers
    this.parent = parent
  }

  static over(names: readonly string[], baseOf: (name: string) => Base): OverlaySet {
    return new OverlaySet(names, new Map(names.map((name) => [name, new Overlay(baseOf(name))])))
  }

  store(name: string): Store {
    return this.layer(name)
  }

  fork(): OverlaySet {
    this.assertOpen()
    return new OverlaySet(this.names, new Map(), this)
  }

  apply(): void {
    this.assertOpen()
    for (const name of this.names) this.layers.get(name)?.apply()
    this.closed = true
  }

  discard(): void {
    this.assertOpen()
    for (const name of this.names) this.layers.get(name)?.discard()
    this.closed = true
  }

  /** The layer of a store; made on the way from the nearest set that has one. */
  layer(name: string): Overlay {
    const without: OverlaySet[] = []
    let set: OverlaySet | undefined = this
    while (set !== undefined && !set.layers.has(name)) {
      without.push(set)
      set = set.parent
    }
    let layer = set?.layers.get(name)
    if (layer === undefined) throw new RangeError(`there is no store '${name}'`)
    if (without.length > 0) this.assertOpen()
    for (const child of without.toReversed()) {
      layer = layer.fork()
      child.layers.set(name, layer)
    }
    return layer
  }

  private assertOpen(): void {
    for (let set: OverlaySet | undefined = this; set !== undefined; set = set.parent)
      if (set.closed) throw new Error('this store was applied, discarded or closed')
  }
}

/** The trees that the working layer leads to, made once for the same writes and version. */
class PendingCommit {
  private readonly backEnd: BackEnd
  private readonly writeSets: ReadonlyMap<string, WriteSet>
  private latest: Trees
  private known: { readonly changes: number; readonly commit: Commit } | undefined

  constructor(backEnd: BackEnd, writeSets: ReadonlyMap<string, WriteSet>) {
    this.backEnd = backEnd
    this.writeSets = writeSets
    this.latest = backEnd.trees(backEnd.meta().version)
  }

  hasWrites(): boolean {
    return [...this.writeSets.values()].some(({ size }) => size > 0)
  }

  at(version: bigint): Commit {
    const changes = [...this.writeSets.values()].reduce((sum, writes) => sum + writes.changes, 0)
    if (this.known?.changes === changes && this.known.commit.meta.version === version) return this.known.commit
    const { latest, writeSets } = this
    const { cache: source, keepVersions } = this.backEnd
    const meta = this.backEnd.meta()
    const oldest = version - BigInt(keepVersions) + 1n
    const first = meta.version === 0n ? version : meta.earliest
    const commit = buildTrees(latest, writeSets, { version, earliest: oldest > first ? oldest : first, source })
    this.known = { changes, commit }
    return commit
  }

  write(version: bigint): StateMeta {
    const commit = this.at(version)
    commit.made.forEach((node, i) => {
      node.at = Number(version)
      node.nonce = i + 1
    })
    try {
      this.backEnd.write(commit)
    } catch (error) {
      // They are not stored: the next try is made of them.
      for (const node of commit.made) node.at = 0
      throw error
    }
    this.latest = commit.trees
    this.known = undefined
    for (const writes of this.writeSets.values()) writes.clear()
    return commit.meta
  }

  /** Starts anew from what is committed. */
  reload(): void {
    this.latest = this.backEnd.trees(this.backEnd.meta().version)
    this.known = undefined
  }
}

function assertNext(version: bigint, latest: bigint): void {
  const expected = latest + 1n
  if (version < expected || version > MAX_VERSION || (latest > 0n && version !== expected))
    throw new RangeError(`version ${version} cannot follow version ${latest}`)
}

function proveAt(backEnd: BackEnd, name: string, key: Uint8Array, version: bigint): ProvenValue {
  assertKept(version, backEnd)
  if (version === 0n) throw new RangeError('nothing is committed yet, so there is no root to prove under')
  const trees = backEnd.trees(version)
  if (!trees.has(name)) throw new RangeError(`there is no store '${name}'`)
  const { value, proof } = proveKey(trees.get(name), key, backEnd.reader)
  const storeKey = new Uint8Array(Buffer.from(name, 'utf8'))
  const ops = [
    { type: 'ics23:iavl', key: key.slice(), data: proof },
    { type: 'ics23:simple', key: storeKey, data: proveStore(rootsOf(trees), name) },
  ]
  return { value, ops }
}

/** The working layer, versions, roots and proofs over any back end. */
export function openMultiStore(backEnd: BackEnd): MultiStore {
  const names = [...backEnd.meta().storeRoots.keys()]
  const working = OverlaySet.over(names, (name) => backEnd.base(name))
  const committed = OverlaySet.over(names, (name) => backEnd.base(name))
  const pending = new PendingCommit(backEnd, new Map(names.map((name) => [name, working.layer(name).writes])))
  let closed = false
  const assertOpen = (): void => {
    if (closed) throw new Error('this state was closed')
  }
  const assertNextOpen = (version: bigint): void => {
    assertOpen()
    assertNext(version, backEnd.meta().version)
  }
  const describe = ({ version, root }: StateMeta): CommitInfo => ({ version, root: root.slice() })

  return {
    store: (name: string): Store => working.store(name),
    fork: (): StoreSetFork => working.fork(),
    scratch: (): StoreSet => committed.fork(),
    latest: (): CommitInfo => describe(backEnd.meta()),
    earliest: (): bigint => backEnd.meta().earliest,
    workingRoot(version: bigint): Uint8Array {
      assertNextOpen(version)
      return pending.at(version).meta.root.slice()
    },
    commit(version: bigint): CommitInfo {
      assertNextOpen(version)
      return describe(pending.write(version))
    },
    at(version: bigint): StoreSet {
      assertOpen()
      assertKept(version, backEnd)
      const trees = backEnd.trees(version)
      return OverlaySet.over(names, (name) => new VersionBase(backEnd, name, version, trees.get(name)))
    },
    prove(name: string, key: Uint8Array, version: bigint): ProvenValue {
      assertOpen()
      return proveAt(backEnd, name, key, version)
    },
    exportState(version: bigint, write: (chunk: Uint8Array) => void): void {
      assertOpen()
      assertKept(version, backEnd)
      exportTrees(backEnd, version, write)
    },
    importState(chunks: Iterable<Uint8Array>): CommitInfo {
      assertOpen()
      if (backEnd.meta().version > 0n || pending.hasWrites())
        throw new Error('a state is imported into an empty one: this one has entries; choose a new directory')
      importTrees(backEnd, chunks)
      pending.reload()
      return describe(backEnd.meta())
    },
    close(): void {
      if (closed) return
      closed = true
      working.discard()
      committed.discard()
      backEnd.close()
    },
  }
}
