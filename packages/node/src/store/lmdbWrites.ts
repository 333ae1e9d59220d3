import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import type { Commit, StateMeta, Trees } from './backEnd.ts'
import type { Bytes } from './lmdbBase.ts'
import { entryPrefix, META_KEY, nodeKey, replacedKey, rootsKey } from './lmdbKeys.ts'
import { damaged, encodeMeta, type StateIdentity } from './metaRecord.ts'
import { sealValue } from './tree/checkedRecord.ts'
import { decodeAddresses, encodeAddresses, encodeNode, encodeRoots } from './tree/nodeRecord.ts'
import type { TreeNode } from './tree/treeNode.ts'

/** Nodes in one part of the list of those that a version replaced. */
const PART = 256
/** What pruning does beside each commit: this many nodes, and twice as many as the commit itself replaced. */
const PRUNED_NODES = 512
const PRUNED_ROOTS = 16

const APPEND = { append: true }

/** Writes one entry of the latest state. */
export function putEntry(db: Bytes, prefix: Uint8Array, key: Uint8Array, value: Uint8Array): void {
  db.putSync(concatBytes(prefix, key), sealValue(key, value))
}

/** Writes a node, the newest in the table. */
export function putNode(db: Bytes, node: TreeNode): void {
  db.putSync(nodeKey(node.at, node.nonce), encodeNode(node), APPEND)
}

/** Writes a version's roots and makes it the latest. */
export function putVersion(db: Bytes, identity: StateIdentity, meta: StateMeta, trees: Trees): void {
  if (meta.version > 0n) db.putSync(rootsKey(Number(meta.version)), encodeRoots(trees.values()))
  db.putSync(META_KEY, encodeMeta(identity, meta))
}

function putReplaced(db: Bytes, version: number, replaced: readonly TreeNode[]): void {
  for (let i = 0; i < replaced.length; i += PART)
    db.putSync(replacedKey(version, i / PART), encodeAddresses(replaced.slice(i, i + PART)))
}

/**
 * Deletes what no kept version reaches any more, oldest first: nodes that a version up to the earliest kept one replaced,
 * and the roots of those before it. A bounded number each time: the rest waits for the next commit.
 */
function prune(db: Bytes, path: string, earliest: number, most: number): void {
  const gone: Uint8Array[] = []
  let budget = most
  for (const { key, value } of db.getRange({ start: replacedKey(0, 0), end: replacedKey(earliest + 1, 0) })) {
    const addresses = decodeAddresses(value)
    if (addresses === undefined) throw damaged(path, 'a list of replaced nodes is not what was written')
    for (const { at, nonce } of addresses) gone.push(nodeKey(at, nonce))
    gone.push(new Uint8Array(key))
    budget -= addresses.length
    if (budget <= 0) break
  }
  for (const key of db.getKeys({ start: rootsKey(0), end: rootsKey(earliest), limit: PRUNED_ROOTS }))
    gone.push(new Uint8Array(key))
  for (const key of gone) db.removeSync(key)
}

/** Writes a commit inside a transaction: entries, nodes, what they replace, roots and meta; then prunes a little. */
export function writeCommit(db: Bytes, identity: StateIdentity, commit: Commit): void {
  const { meta, writeSets, trees, made, replaced } = commit
  for (const [name, writes] of writeSets) {
    const prefix = entryPrefix(name)
    for (const { key, value } of writes.entries()) {
      if (value === undefined) db.removeSync(concatBytes(prefix, key))
      else putEntry(db, prefix, key, value)
    }
  }
  for (const node of made) putNode(db, node)
  putReplaced(db, Number(meta.version), replaced)
  putVersion(db, identity, meta, trees)
  prune(db, identity.path, Number(meta.earliest), PRUNED_NODES + 2 * replaced.length)
}
