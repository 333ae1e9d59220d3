import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { BackEnd, Base, Commit, StateMeta, StateSink, Trees, WriteSet } from './backEnd.ts'
import { type KeyRange, successor } from './keyRange.ts'
import type { MultiStore } from './multiStore.ts'
import { openMultiStore } from './openMultiStore.ts'
import { emptyMeta } from './roots.ts'
import { type Entry, SortedMap } from './sortedMap.ts'
import type { NodeSource, TreeNode } from './tree/treeNode.ts'

class MemoryBase implements Base {
  private map = new SortedMap<Uint8Array>()
  private commits = 0

  generation(): number {
    return this.commits
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.map.get(key)?.value
  }

  *range({ from, to, reverse }: KeyRange): Generator<Entry<Uint8Array>> {
    if (to !== undefined && compareBytes(from, to) >= 0) return
    let entry = reverse ? this.map.below(to) : this.map.ceiling(from)
    while (entry !== undefined) {
      const { key } = entry
      if (reverse ? compareBytes(key, from) < 0 : to !== undefined && compareBytes(key, to) >= 0) return
      yield entry
      entry = reverse ? this.map.below(key) : this.map.ceiling(successor(key))
    }
  }

  write(writes: WriteSet | undefined): void {
    this.commits++
    for (const { key, value } of writes?.entries() ?? []) {
      if (value === undefined) this.map.delete(key)
      else this.map.set(key, value)
    }
  }

  replace(map: SortedMap<Uint8Array>): void {
    this.commits++
    this.map = map
  }
}

/** Nodes of a state in memory have their content always. */
const NO_SOURCE: NodeSource = {
  load({ at, nonce }: TreeNode): void {
    throw new Error(`node ${at}/${nonce} has lost its content`)
  },
}

class MemoryBackEnd implements BackEnd {
  readonly chainId: string
  readonly keepVersions: number
  readonly reader = NO_SOURCE
  readonly cache = NO_SOURCE
  private readonly bases: ReadonlyMap<string, MemoryBase>
  private readonly versions = new Map<bigint, Trees>()
  private current: StateMeta

  constructor(names: readonly string[], { keepVersions, chainId }: Required<MemoryOptions>) {
    if (!Number.isSafeInteger(keepVersions) || keepVersions < 1)
      throw new RangeError(`keepVersions must be a count of at least 1, got ${keepVersions}`)
    this.current = emptyMeta(names)
    this.chainId = chainId
    this.keepVersions = keepVersions
    const sorted = [...this.current.storeRoots.keys()]
    this.bases = new Map(sorted.map((name) => [name, new MemoryBase()]))
    this.versions.set(0n, new Map(sorted.map((name) => [name, undefined])))
  }

  meta(): StateMeta {
    return this.current
  }

  base(name: string): MemoryBase {
    const base = this.bases.get(name)
    if (base === undefined) throw new RangeError(`there is no store '${name}'`)
    return base
  }

  trees(version: bigint): Trees {
    const trees = this.versions.get(version)
    if (trees === undefined) throw new RangeError(`version ${version} is not kept`)
    return trees
  }

  write({ meta, writeSets, trees }: Commit): void {
    for (const [name, base] of this.bases) base.write(writeSets.get(name))
    this.advance(meta, trees)
  }

  restore(fill: (sink: StateSink) => { readonly meta: StateMeta; readonly trees: Trees }): void {
    const maps: ReadonlyMap<string, SortedMap<Uint8Array>> = new Map(
      [...this.bases.keys()].map((name) => [name, new SortedMap<Uint8Array>()]),
    )
    const { meta, trees } = fill({
      node: () => undefined,
      entry: (name, key, value) => maps.get(name)?.set(key, value),
    })
    for (const [name, map] of maps) this.base(name).replace(map)
    this.advance(meta, trees)
  }

  close(): void {
    this.versions.clear()
  }

  /** Nodes that no kept version reaches are the garbage collector's. */
  private advance(meta: StateMeta, trees: Trees): void {
    const { earliest } = this.current
    this.current = meta
    this.versions.set(meta.version, trees)
    if (earliest === 0n) this.versions.delete(0n)
    else for (let version = earliest; version < meta.earliest; version++) this.versions.delete(version)
  }
}

/** How a state in memory is kept: the newest versions that can be asked for, 100 if not said, and the chain it belongs to. */
export type MemoryOptions = { readonly keepVersions?: number; readonly chainId?: string }

/** A state in memory that is gone when closed: same behaviour and same roots as the one on disk. */
export function openMemoryStore(names: readonly string[], options: MemoryOptions = {}): MultiStore {
  const { keepVersions = 100, chainId = '' } = options
  return openMultiStore(new MemoryBackEnd(names, { keepVersions, chainId }))
}
