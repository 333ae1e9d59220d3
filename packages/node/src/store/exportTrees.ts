import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import type { BackEnd } from './backEnd.ts'
import { createFrameWriter } from './exportFrames.ts'
import { EMPTY_HASH, writeVarint } from './tree/hashNode.ts'
import { childOf, type NodeSource, readNode, type TreeNode } from './tree/treeNode.ts'

/** First bytes of an exported state, the last of them its format. */
export const EXPORT_MAGIC: Uint8Array = Buffer.from('starling state 1', 'latin1')

const FRAME_BYTES = 1 << 16

function varint(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  return bytes.subarray(0, writeVarint(bytes, 0, value))
}

function prefixed(bytes: Uint8Array): Uint8Array {
  return concatBytes(varint(bytes.length), bytes)
}

// determinism-allow: as deep as a balanced tree is high, some 90 calls at the very most
function* postOrder(node: TreeNode, source: NodeSource): Generator<TreeNode> {
  const read = readNode(node, source)
  if (read.height > 0) {
    yield* postOrder(childOf(read, 'left'), source)
    yield* postOrder(childOf(read, 'right'), source)
  }
  yield read
}

function encodeItem({ height, version, key, value }: TreeNode): Uint8Array {
  const head = concatBytes(Uint8Array.of(height), varint(version))
  return height === 0 ? concatBytes(head, prefixed(key), prefixed(value)) : head
}

/**
 * Writes a version's trees: a header (chain, version, each store's name, size and root), then each store's nodes after
 * their children. An inner node's key and children follow from that order.
 */
export function exportTrees(backEnd: BackEnd, version: bigint, write: (chunk: Uint8Array) => void): void {
  if (version === 0n) throw new RangeError('nothing is committed yet, so there is nothing to export')
  const trees = backEnd.trees(version)
  const frame = createFrameWriter(write)
  const stores = [...trees].map(([name, tree]) =>
    concatBytes(prefixed(Buffer.from(name, 'utf8')), varint(tree?.size ?? 0), tree?.hash ?? EMPTY_HASH),
  )
  const chain = prefixed(Buffer.from(backEnd.chainId, 'utf8'))
  frame(concatBytes(EXPORT_MAGIC, chain, varint(Number(version)), varint(stores.length), ...stores))
  let items: Uint8Array[] = []
  let size = 0
  const flush = (): void => {
    if (size > 0) frame(concatBytes(...items))
    items = []
    size = 0
  }
  for (const tree of trees.values()) {
    if (tree === undefined) continue
    for (const node of postOrder(tree, backEnd.reader)) {
      const item = encodeItem(node)
      items.push(item)
      size += item.length
      if (size >= FRAME_BYTES) flush()
    }
  }
  flush()
  frame(new Uint8Array(0))
}
