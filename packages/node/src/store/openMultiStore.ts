import type { BackEnd, StateMeta, WriteSet } from './backEnd.ts'
import type { CommitInfo, MultiStore, StoreSet, StoreSetFork } from './multiStore.ts'
import { Overlay } from './overlay.ts'
import { nextMeta } from './roots.ts'
import type { Store } from './store.ts'

const MAX_VERSION = 2n ** 63n - 1n

/** Layers of every store, opened and closed together. */
class OverlaySet implements StoreSetFork {
  readonly layers: ReadonlyMap<string, Overlay>

  constructor(layers: ReadonlyMap<string, Overlay>) {
    this.layers = layers
  }

  store(name: string): Store {
    const layer = this.layers.get(name)
    if (layer === undefined) throw new RangeError(`there is no store '${name}'`)
    return layer
  }

  fork(): OverlaySet {
    return new OverlaySet(new Map([...this.layers].map(([name, layer]) => [name, layer.fork()])))
  }

  apply(): void {
    for (const layer of this.layers.values()) layer.apply()
  }

  discard(): void {
    for (const layer of this.layers.values()) layer.discard()
  }
}

/** The working layer, versions and roots over any back end. */
export function openMultiStore(backEnd: BackEnd): MultiStore {
  const names = [...backEnd.meta().storeRoots.keys()]
  const openLayers = (): OverlaySet =>
    new OverlaySet(new Map(names.map((name) => [name, new Overlay(backEnd.base(name))])))
  const working = openLayers()
  const committed = openLayers()
  const writeSets: ReadonlyMap<string, WriteSet> = new Map(
    [...working.layers].map(([name, { writes }]) => [name, writes]),
  )
  let closed = false

  const assertOpen = (): void => {
    if (closed) throw new Error('this state was closed')
  }
  const next = (version: bigint): StateMeta => {
    assertOpen()
    const latest = backEnd.meta()
    const expected = latest.version + 1n
    if (version < expected || version > MAX_VERSION || (latest.version > 0n && version !== expected))
      throw new RangeError(`version ${version} cannot follow version ${latest.version}`)
    return nextMeta(latest, version, writeSets)
  }
  const describe = ({ version, root }: StateMeta): CommitInfo => ({ version, root: root.slice() })

  return {
    store: (name: string): Store => working.store(name),
    fork: (): StoreSetFork => working.fork(),
    scratch: (): StoreSet => committed.fork(),
    latest: (): CommitInfo => describe(backEnd.meta()),
    workingRoot: (version: bigint): Uint8Array => next(version).root,
    commit(version: bigint): CommitInfo {
      const meta = next(version)
      backEnd.write(meta, writeSets)
      for (const writes of writeSets.values()) writes.clear()
      return describe(meta)
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
