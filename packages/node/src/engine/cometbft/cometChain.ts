import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { dataHash } from '@starling/protocol/proof/dataHash'
import { resultsHash } from '@starling/protocol/proof/resultsHash'
import type { ChainView } from '../../server/chainView.ts'
import { type BlockStore, type BlockSummary, type StoredBlock, txsOf } from '../local/blockStore.ts'
import { toUpperHex } from '../local/bytes.ts'
import { EngineHalted } from '../local/engineHalted.ts'
import { createEventBus } from '../local/eventBus.ts'
import type { DecidedBlock } from './abciHandler.ts'
import type { CometRpc } from './cometRpc.ts'
import { submitToComet } from './submitToComet.ts'

/** What is kept of a chain whose blocks CometBFT makes. */
export type CometChain = ChainView & {
  /** Keeps a block, before the application makes it durable: after a crash in between, CometBFT sends it again. */
  keep(block: DecidedBlock): void
  /** Nothing more is answered but the reason. */
  halt(error: unknown): void
  close(): void
}

const nothing = new Uint8Array()

/**
 * The chain in a block store, at the height and hash of the application: after a crash, blocks may be stored that CometBFT
 * has yet to play to it again. Transactions go to CometBFT.
 */
export function createCometChain(
  store: BlockStore,
  rpc: CometRpc,
  info: { readonly height: bigint; readonly appHash: Uint8Array },
): CometChain {
  const bus = createEventBus()
  let { height, appHash } = info
  let halted: EngineHalted | undefined
  return {
    store,
    events: bus,
    status: () => ({
      chainId: store.chainId,
      height,
      appHash,
      timeMs: store.summary(height)?.header.timeMs ?? 0n,
      halted,
    }),
    submitTx(tx) {
      if (halted !== undefined) throw halted
      return submitToComet(rpc, tx)
    },
    keep(decided) {
      const known = store.summary(decided.height)
      if (known !== undefined) refuseOther(decided, known)
      const block = known === undefined ? toStoredBlock(store, decided) : undefined
      if (block !== undefined) store.saveBlock(block)
      height = decided.height
      appHash = decided.results.appHash
      if (block !== undefined) bus.publishBlock(block, txsOf(block))
    },
    halt(error) {
      halted ??= new EngineHalted('a request of CometBFT', error)
    },
    close() {
      bus.close('The node is shutting down.')
      store.close()
    },
  }
}

/** A block that was stored before comes again after a crash; it must be the same, and do the same. */
function refuseOther({ height, hash, results }: DecidedBlock, known: BlockSummary): void {
  if (!equalBytes(hash, known.hash)) {
    throw new Error(
      `Block ${height} is ${toUpperHex(hash)}, but was ${toUpperHex(known.hash)} before: CometBFT has begun another chain. Restore CometBFT's data, or remove the folders "blocks" and "state" of this node.`,
    )
  }
  if (equalBytes(results.appHash, known.appHash)) return
  throw new Error(
    `Block ${height} gives the app hash ${toUpperHex(results.appHash)}, but gave ${toUpperHex(known.appHash)} before. The application, its genesis or its version is not the one that ran this block first: start with that one.`,
  )
}

/** What CometBFT does not tell with a block is left empty here; its own RPC server shows the whole header. */
function toStoredBlock(store: BlockStore, { height, timeMs, txs, hash, results }: DecidedBlock): StoredBlock {
  const last = store.summary(height - 1n)
  const noParts = { total: 0, hash: nothing }
  return {
    header: {
      version: { block: 0n, app: 0n },
      chainId: store.chainId,
      height,
      timeMs,
      lastBlockId: { hash: last?.hash ?? nothing, parts: noParts },
      lastCommitHash: nothing,
      dataHash: dataHash(txs),
      validatorsHash: nothing,
      nextValidatorsHash: nothing,
      consensusHash: nothing,
      appHash: last?.appHash ?? nothing,
      lastResultsHash: last?.resultsHash ?? nothing,
      evidenceHash: nothing,
      proposerAddress: nothing,
    },
    hash,
    parts: noParts,
    size: 0,
    lastSignature: nothing,
    seenSignature: nothing,
    txs,
    results,
    resultsHash: resultsHash(results.txResults),
  }
}
