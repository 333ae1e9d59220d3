import { compareBytes, equalBytes } from '@starling/protocol/bytes/compareBytes'
import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import type { BackEnd, StateMeta, StateSink, Trees } from './backEnd.ts'
import { damagedExport, FrameReader } from './exportFrames.ts'
import { EXPORT_MAGIC } from './exportTrees.ts'
import { MAX_KEY_BYTES } from './overlay.ts'
import { metaOf } from './roots.ts'
import { StoreError } from './storeError.ts'
import { ByteReader } from './tree/byteReader.ts'
import { EMPTY_HASH, hashNode } from './tree/hashNode.ts'
import { createLeaf, TreeNode, type TreeRoot } from './tree/treeNode.ts'

type StoreHead = { readonly name: string; readonly size: number; readonly root: Uint8Array }
type Header = { readonly version: number; readonly stores: readonly StoreHead[] }

/** A subtree with the least key in it. */
type Subtree = { readonly node: TreeNode; readonly least: Uint8Array }

function readHeader(content: Uint8Array, backEnd: BackEnd): Header {
  const reader = new ByteReader(content)
  if (!equalBytes(reader.take(EXPORT_MAGIC.length), EXPORT_MAGIC))
    throw damagedExport('it does not start as an exported state of this format does')
  const chainId = fromUtf8(reader.prefixed())
  if (chainId !== backEnd.chainId) {
    const what = `the exported state belongs to chain '${chainId}', expected '${backEnd.chainId}'`
    throw new StoreError('WRONG_CHAIN', `${what}: nothing was taken in; get one of this chain`)
  }
  const version = reader.varint()
  if (version === 0) throw damagedExport('its version is 0')
  const stores = Array.from({ length: reader.varint() }, () => {
    const name = fromUtf8(reader.prefixed())
    return { name, size: reader.varint(), root: reader.take(32).slice() }
  })
  if (!reader.isAtEnd) throw damagedExport('its header is too long')
  const names = [...backEnd.meta().storeRoots.keys()]
  if (stores.length !== names.length || stores.some(({ name }, i) => name !== names[i])) {
    const what = `the exported state has the stores ${stores.map(({ name }) => name).join(', ')}, expected ${names.join(', ')}`
    throw new StoreError('WRONG_VERSION', `${what}: nothing was taken in; use the release that wrote it`)
  }
  return { version, stores }
}

/** Puts trees together from their nodes, children first, and hands each node on with its address. */
class TreeAssembler {
  private readonly frames: FrameReader
  private readonly sink: StateSink
  private readonly version: number
  private items: ByteReader = new ByteReader(new Uint8Array(0))
  private nonce = 0

  constructor(frames: FrameReader, sink: StateSink, version: number) {
    this.frames = frames
    this.sink = sink
    this.version = version
  }

  readTree({ name, size, root }: StoreHead): TreeRoot {
    const open: Subtree[] = []
    let last: Uint8Array | undefined
    for (let left = size === 0 ? 0 : 2 * size - 1; left > 0; left--) {
      const subtree = this.readNode(open)
      if (subtree.node.height === 0) {
        const { key, value } = subtree.node
        if (last !== undefined && compareBytes(last, key) >= 0)
          throw damagedExport(`keys of store '${name}' are out of order`)
        last = key
        this.sink.entry(name, key, value)
      }
      this.sink.node(subtree.node)
      open.push(subtree)
    }
    const [tree] = open
    if (open.length > 1 || !equalBytes(tree?.node.hash ?? EMPTY_HASH, root))
      throw damagedExport(`store '${name}' has not the root that its header says`)
    return tree?.node
  }

  /** Checks that nothing is left. */
  end(): void {
    if (!this.items.isAtEnd) throw damagedExport('it holds more than its header says')
    this.frames.end()
  }

  private readNode(open: Subtree[]): Subtree {
    if (this.items.isAtEnd) this.items = new ByteReader(this.frames.next())
    const height = this.items.byte()
    const version = this.items.varint()
    if (version < 1 || version > this.version) throw damagedExport(`a node is of version ${version}`)
    const subtree = height === 0 ? this.readLeaf() : joinSubtrees(open.pop(), open.pop(), height)
    const { node } = subtree
    node.version = version
    node.hash = hashNode(node)
    node.at = this.version
    node.nonce = ++this.nonce
    return subtree
  }

  private readLeaf(): Subtree {
    const key = this.items.prefixed().slice()
    if (key.length > MAX_KEY_BYTES) throw damagedExport('a key is too long')
    return { node: createLeaf(key, this.items.prefixed().slice()), least: key }
  }
}

function joinSubtrees(right: Subtree | undefined, left: Subtree | undefined, height: number): Subtree {
  if (right === undefined || left === undefined) throw damagedExport('a node has no children')
  const [low, high] = [left.node.height, right.node.height]
  if (Math.max(low, high) + 1 !== height || Math.abs(low - high) > 1) throw damagedExport('a tree is out of balance')
  const node = new TreeNode(height, left.node.size + right.node.size, true)
  node.key = right.least
  node.left = left.node
  node.right = right.node
  return { node, least: left.least }
}

function readState(backEnd: BackEnd, chunks: Iterable<Uint8Array>, sink: StateSink): { meta: StateMeta; trees: Trees } {
  const frames = new FrameReader(chunks)
  const { version, stores } = readHeader(frames.next(), backEnd)
  const assembler = new TreeAssembler(frames, sink, version)
  const trees = new Map(stores.map((store) => [store.name, assembler.readTree(store)]))
  assembler.end()
  return { meta: metaOf(trees, BigInt(version), BigInt(version)), trees }
}

/** Fills an empty back end with an exported state, or throws `StoreError` with nothing changed. */
export function importTrees(backEnd: BackEnd, chunks: Iterable<Uint8Array>): void {
  backEnd.restore((sink) => {
    try {
      return readState(backEnd, chunks, sink)
    } catch (error) {
      // determinism-allow: before the first block; a damaged file is refused either way
      throw error instanceof RangeError || error instanceof TypeError ? damagedExport(error.message) : error
    }
  })
}
