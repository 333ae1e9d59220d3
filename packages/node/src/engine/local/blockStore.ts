import { concatBytes } from '@starling/protocol/bytes/concatBytes'
import type { PartSetHeader } from '@starling/protocol/proof/cometTypes'
import type { AbciEvent, BlockResult, TxResult } from '../../app/application.ts'
import { StoreError } from '../../store/storeError.ts'
import type { BlockHeader } from './blockHeader.ts'
import { u32 } from './bytes.ts'
import type { OrderedKv } from './orderedKv.ts'
import { decodeRecord, encodeRecord } from './storeCodec.ts'
import { type HeightRange, storeKeys, type TxLocation } from './storeKeys.ts'
import { txHash } from './txHash.ts'

/** How a block is named and signed. */
export type BlockSeal = {
  readonly header: BlockHeader
  readonly hash: Uint8Array
  readonly parts: PartSetHeader
  /** Bytes of the encoded block. */
  readonly size: number
  /** The validator's signature in this block's commit of the block before; empty in block 1. */
  readonly lastSignature: Uint8Array
  /** The validator's signature on this block, until the next block carries one. */
  readonly seenSignature: Uint8Array
  /** Hash of the results of this block's transactions: it stands in the next header. */
  readonly resultsHash: Uint8Array
}

/** A block with what it did. */
export type StoredBlock = BlockSeal & {
  readonly txs: readonly Uint8Array[]
  readonly results: BlockResult
}

/** A block without its transactions. `appHash` is the one after this block. */
export type BlockSummary = BlockSeal & {
  readonly txCount: number
  readonly events: readonly AbciEvent[]
  readonly appHash: Uint8Array
}

/** A transaction in a block. */
export type StoredTx = TxLocation & {
  /** Upper-case hexadecimal. */
  readonly hash: string
  readonly tx: Uint8Array
  readonly result: TxResult
}

/** The transactions of a block, each with where it stands and what it did. */
export function txsOf({ header, txs, results }: StoredBlock): readonly StoredTx[] {
  return results.txResults.map((result, index) => {
    const tx = existing(txs[index], header.height, index)
    return { height: header.height, index, hash: txHash(tx), tx, result }
  })
}

/** Blocks, results and the index over them; a block is stored whole or not at all. */
export interface BlockStore {
  readonly chainId: string
  /** Height of the newest block; 0 when there is none. */
  height(): bigint
  /** Stores the next block; refuses any other height and any other chain. */
  saveBlock(block: StoredBlock): void
  summary(height: bigint): BlockSummary | undefined
  block(height: bigint): StoredBlock | undefined
  heightOfBlock(hash: Uint8Array): bigint | undefined
  /** By hash, in either case of hexadecimal. */
  tx(hash: string): StoredTx | undefined
  txAt(location: TxLocation): StoredTx | undefined
  /** Every transaction in these heights, in chain order. */
  locations(heights: HeightRange): readonly TxLocation[]
  /** Transactions with this indexed `type.attribute` and exactly this value, in chain order. */
  locationsWithValue(key: string, value: string, heights: HeightRange): readonly TxLocation[]
  /** Transactions with this indexed `type.attribute`, whatever its value; may repeat one, in no promised order. */
  locationsWithKey(key: string): readonly TxLocation[]
  close(): void
}

/** Version of keys and records. */
const FORMAT = 5

type Meta = { readonly format: typeof FORMAT; readonly chainId: string; readonly height: bigint }
type TxRecord = { readonly tx: Uint8Array; readonly result: TxResult }
type Entry = readonly [Uint8Array, Uint8Array]

/** A block store over an ordered key-value store, for one chain; refuses the data of another chain. */
export function createBlockStore(kv: OrderedKv, chainId: string): BlockStore {
  let height = openMeta(kv, chainId).height

  const txAt = (location: TxLocation): StoredTx | undefined => {
    const bytes = kv.get(storeKeys.tx(location))
    if (bytes === undefined) return undefined
    const { tx, result } = decodeRecord<TxRecord>(bytes)
    return { height: location.height, index: location.index, hash: txHash(tx), tx, result }
  }
  const txByHash = (hash: string): StoredTx | undefined => {
    const bytes = kv.get(storeKeys.txHash(hash))
    return bytes === undefined ? undefined : txAt(storeKeys.locationOf(bytes))
  }
  /** Asked for with every block that follows. */
  let newest: BlockSummary | undefined
  const summary = (at: bigint): BlockSummary | undefined => {
    if (newest?.header.height === at) return newest
    if (at < 1n || at > height) return undefined
    const bytes = kv.get(storeKeys.block(at))
    return bytes === undefined ? undefined : decodeRecord<BlockSummary>(bytes)
  }
  const locations = (heights: HeightRange): readonly TxLocation[] =>
    kv.keys(storeKeys.txs(heights)).map(storeKeys.locationOf)

  return {
    chainId,
    height: () => height,
    saveBlock(block) {
      refuseWrongBlock(block, chainId, height)
      const meta: Meta = { format: FORMAT, chainId, height: block.header.height }
      kv.write([...blockEntries(block), ...txEntries(block, txByHash), [storeKeys.meta, encodeRecord(meta)]])
      height = block.header.height
      newest = summaryOf(block)
    },
    summary,
    block(at) {
      const found = summary(at)
      if (found === undefined) return undefined
      const txs = Array.from({ length: found.txCount }, (_, index) => existing(txAt({ height: at, index }), at, index))
      const { txCount: _count, events, appHash, ...seal } = found
      const results = { txResults: txs.map((tx) => tx.result), events, appHash }
      return { ...seal, txs: txs.map((tx) => tx.tx), results }
    },
    heightOfBlock(hash) {
      const bytes = kv.get(storeKeys.blockHash(hash))
      return bytes === undefined ? undefined : Buffer.from(bytes).readBigUInt64BE(0)
    },
    tx: txByHash,
    txAt,
    locations,
    locationsWithValue: (key, value, heights) =>
      kv.entries(storeKeys.eventsWithValue(key, value, heights)).flatMap(locationsIn),
    locationsWithKey: (key) => kv.entries(storeKeys.eventsWithKey(key)).flatMap(locationsIn),
    close: () => kv.close(),
  }
}

function openMeta(kv: OrderedKv, chainId: string): Meta {
  const bytes = kv.get(storeKeys.meta)
  if (bytes === undefined) {
    const meta: Meta = { format: FORMAT, chainId, height: 0n }
    kv.write([[storeKeys.meta, encodeRecord(meta)]])
    return meta
  }
  const meta = readMeta(bytes)
  if (meta === undefined) {
    kv.close()
    throw new StoreError(
      'DAMAGED',
      'The block store is damaged, or of another version of this program. Restore it from a backup, or remove the data directory to begin anew.',
    )
  }
  if (meta.chainId !== chainId) {
    kv.close()
    throw new StoreError(
      'WRONG_CHAIN',
      `The block store holds chain "${meta.chainId}", but chain "${chainId}" was asked for. Use another data directory, or start with the chain id "${meta.chainId}".`,
    )
  }
  return meta
}

function readMeta(bytes: Uint8Array): Meta | undefined {
  try {
    const meta = decodeRecord<Meta>(bytes)
    return meta.format === FORMAT ? meta : undefined
  } catch {
    return undefined
  }
}

function refuseWrongBlock(block: StoredBlock, chainId: string, height: bigint): void {
  const { header, txs, results } = block
  if (header.chainId !== chainId) {
    throw new Error(`The block is of chain "${header.chainId}", but this store holds "${chainId}". Store it there.`)
  }
  if (header.height !== height + 1n) {
    throw new Error(`The block has height ${header.height}, but ${height + 1n} comes next. Store blocks in order.`)
  }
  if (txs.length !== results.txResults.length) {
    throw new Error(
      `Block ${header.height} has ${txs.length} transactions and ${results.txResults.length} results. Give exactly one result for each transaction.`,
    )
  }
}

function blockEntries(block: StoredBlock): readonly Entry[] {
  const key = storeKeys.block(block.header.height)
  return [
    [key, encodeRecord(summaryOf(block))],
    [storeKeys.blockHash(block.hash), key.subarray(1)],
  ]
}

function summaryOf({ txs, results, ...seal }: StoredBlock): BlockSummary {
  return { ...seal, txCount: txs.length, events: results.events, appHash: results.appHash }
}

/** A hash that stands in two blocks leads to the newest one, but a success is never hidden by a later failure. */
function txEntries(block: StoredBlock, known: (hash: string) => StoredTx | undefined): readonly Entry[] {
  const entries: Entry[] = []
  for (const { height, index, hash, tx, result } of txsOf(block)) {
    const location = { height, index }
    const record: TxRecord = { tx, result }
    const key = storeKeys.tx(location)
    entries.push([key, encodeRecord(record)])
    if (result.code === 0 || known(hash)?.result.code !== 0) entries.push([storeKeys.txHash(hash), key.subarray(1)])
  }
  return [...entries, ...eventEntries(block)]
}

/** One entry for each attribute value of a block's transactions: which of them have it, by their places in the block. */
function eventEntries({ header, results }: StoredBlock): readonly Entry[] {
  const places = new Map<string, { readonly key: Uint8Array; readonly indexes: number[] }>()
  for (const [index, { events }] of results.txResults.entries()) {
    for (const { type, attributes } of events) {
      for (const attribute of attributes) {
        if (!attribute.index || type === '' || attribute.key === '') continue
        const name = `${type}.${attribute.key}`
        const id = `${name}\n${attribute.value}`
        const found = places.get(id)
        if (found === undefined) {
          places.set(id, { key: storeKeys.event(name, attribute.value, header.height), indexes: [index] })
        } else if (found.indexes.at(-1) !== index) found.indexes.push(index)
      }
    }
  }
  return Array.from(places.values(), ({ key, indexes }): Entry => [key, concatBytes(...indexes.map(u32))])
}

function locationsIn([key, value]: Entry): readonly TxLocation[] {
  const height = storeKeys.heightOf(key)
  const bytes = Buffer.from(value)
  return Array.from({ length: bytes.length / 4 }, (_, i) => ({ height, index: bytes.readUInt32BE(4 * i) }))
}

function existing<T>(value: T | undefined, height: bigint, index: number): T {
  if (value !== undefined) return value
  throw new Error(
    `Transaction ${index} of block ${height} is missing. The block store is damaged: restore it from a backup.`,
  )
}
