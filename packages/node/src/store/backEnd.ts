import type { KeyRange } from './keyRange.ts'
import type { Entry, SortedMap } from './sortedMap.ts'
import type { NodeSource, TreeNode, TreeRoot } from './tree/treeNode.ts'

/** Writes of one layer: a value, or undefined where the key was deleted. */
export type WriteSet = SortedMap<Uint8Array | undefined>

/** Committed entries of one store, unchanging between commits. Returned arrays are not shared with the caller's. */
export interface Base {
  /** Grows with every commit, so that a scan can tell that it was overtaken. */
  generation(): number
  get(key: Uint8Array): Uint8Array | undefined
  range(range: KeyRange): Iterable<Entry<Uint8Array>>
}

/** What is committed besides the entries: the version, its root, each store's own root, and the oldest version kept. */
export type StateMeta = {
  readonly version: bigint
  readonly root: Uint8Array
  readonly storeRoots: ReadonlyMap<string, Uint8Array>
  readonly earliest: bigint
}

/** Each store's tree, in order of the names. */
export type Trees = ReadonlyMap<string, TreeRoot>

/** One commit: the writes, the trees they lead to, the nodes made for them (children first) and the nodes they replace. */
export type Commit = {
  readonly meta: StateMeta
  readonly writeSets: ReadonlyMap<string, WriteSet>
  readonly trees: Trees
  readonly made: readonly TreeNode[]
  readonly replaced: readonly TreeNode[]
}

/** Takes in a whole state, piece by piece. */
export interface StateSink {
  /** A node, after its children; its content may be gone afterwards. */
  node(node: TreeNode): void
  entry(name: string, key: Uint8Array, value: Uint8Array): void
}

/** Where committed state lives. */
export interface BackEnd {
  /** The chain that the state belongs to. */
  readonly chainId: string
  /** Newest versions to keep. */
  readonly keepVersions: number
  /** Content of any stored node, for reading: keeps nothing. */
  readonly reader: NodeSource
  /** Content of the latest trees' nodes, for changing them: keeps what is needed again. */
  readonly cache: NodeSource
  meta(): StateMeta
  base(name: string): Base
  /** The trees of a kept version. */
  trees(version: bigint): Trees
  /** Makes a commit durable, or throws with nothing changed. Afterwards the replaced nodes may have lost their content. */
  write(commit: Commit): void
  /** Fills an empty state with what `fill` hands over, or throws with nothing changed. */
  restore(fill: (sink: StateSink) => { readonly meta: StateMeta; readonly trees: Trees }): void
  close(): void
}
