import { compareBytes } from '@starling/protocol/bytes/compareBytes'
import type { BackEnd, Base, StateMeta, WriteSet } from './backEnd.ts'
import { type KeyRange, successor } from './keyRange.ts'
import type { MultiStore } from './multiStore.ts'
import { openMultiStore } from './openMultiStore.ts'
import { emptyMeta } from './roots.ts'
import { type Entry, SortedMap } from './sortedMap.ts'

class MemoryBase implements Base {
  private readonly map = new SortedMap<Uint8Array>()
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
}

/** A state in memory that is gone when closed: same behaviour and same roots as the one on disk. */
export function openMemoryStore(names: readonly string[]): MultiStore {
  let meta = emptyMeta(names)
  const bases = new Map([...meta.storeRoots.keys()].map((name) => [name, new MemoryBase()]))
  const backEnd: BackEnd = {
    meta: (): StateMeta => meta,
    base(name: string): Base {
      const base = bases.get(name)
      if (base === undefined) throw new RangeError(`there is no store '${name}'`)
      return base
    },
    write(next: StateMeta, writeSets: ReadonlyMap<string, WriteSet>): void {
      // determinism-allow: stores do not depend on each other
      for (const [name, base] of bases) base.write(writeSets.get(name))
      meta = next
    },
    close: (): void => bases.clear(),
  }
  return openMultiStore(backEnd)
}
