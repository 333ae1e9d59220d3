import type { BackEnd, Base } from './backEnd.ts'
import { type KeyRange, successor } from './keyRange.ts'
import type { Entry } from './sortedMap.ts'
import { StoreError } from './storeError.ts'
import { findLeaf, walkLeaves } from './tree/readTree.ts'
import type { TreeRoot } from './tree/treeNode.ts'

/** Throws for a version that is not kept: `StoreError` PRUNED for one that was, a RangeError for one to come. */
export function assertKept(version: bigint, backEnd: BackEnd): void {
  const { earliest, version: latest } = backEnd.meta()
  if (version > latest) throw new RangeError(`version ${version} is not committed yet; the latest is ${latest}`)
  if (version >= earliest) return
  const message = `version ${version} is not kept any more: expected one from ${earliest} to ${latest}`
  throw new StoreError('PRUNED', `${message}; ask for one of those, or a node that keeps more versions`)
}

/** Entries of one store as of a kept version: the flat table while it is the latest, the version's tree afterwards. */
export class VersionBase implements Base {
  private readonly backEnd: BackEnd
  private readonly name: string
  private readonly version: bigint
  private readonly root: TreeRoot

  constructor(backEnd: BackEnd, name: string, version: bigint, root: TreeRoot) {
    this.backEnd = backEnd
    this.name = name
    this.version = version
    this.root = root
  }

  generation(): number {
    return 0
  }

  get(key: Uint8Array): Uint8Array | undefined {
    if (this.isLatest()) return this.backEnd.base(this.name).get(key)
    assertKept(this.version, this.backEnd)
    const leaf = findLeaf(this.root, key, this.backEnd.reader)
    return leaf === undefined ? undefined : new Uint8Array(leaf.value)
  }

  *range(range: KeyRange): Generator<Entry<Uint8Array>> {
    let rest = range
    if (this.isLatest()) {
      for (const entry of this.backEnd.base(this.name).range(range)) {
        rest = range.reverse ? { ...range, to: entry.key } : { ...range, from: successor(entry.key) }
        yield entry
        if (!this.isLatest()) break
      }
      if (this.isLatest()) return
    }
    const leaves = walkLeaves(this.root, rest, this.backEnd.reader)
    while (true) {
      assertKept(this.version, this.backEnd)
      const next = leaves.next()
      if (next.done) return
      const { key, value } = next.value
      yield { key: new Uint8Array(key), value: new Uint8Array(value) }
    }
  }

  private isLatest(): boolean {
    return this.backEnd.meta().version === this.version
  }
}
