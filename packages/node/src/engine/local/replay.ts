import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { Application, BlockResult } from '../../app/application.ts'
import type { BlockStore, StoredBlock } from './blockStore.ts'
import { toUpperHex } from './bytes.ts'

/** What the chain starts from. */
export type LocalGenesis = {
  readonly appState: unknown
  /** Milliseconds since 1970; block 1 is later. Default 0. */
  readonly timeMs?: bigint
}

/**
 * Brings the application to the height of the block store: genesis when it is new, then stored blocks until both are
 * equal. Returns the application hash there. Throws a sentence when the two do not belong together.
 */
export function replay(application: Application, store: BlockStore, genesis: LocalGenesis): Uint8Array {
  const info = application.info()
  const target = store.height()
  if (info.height > target) {
    throw new Error(
      `The application is at height ${info.height}, but the newest stored block is ${target}. Restore the block store that belongs to this application state, or remove both and start again.`,
    )
  }
  let height = info.height
  let appHash = info.appHash
  if (height === 0n) {
    appHash = application.initChain({ chainId: store.chainId, appState: genesis.appState }).appHash
  }
  refuseOtherHash(store, height, appHash)
  while (height < target) {
    height += 1n
    const block = storedBlock(store, height)
    appHash = finalize(application, block).appHash
    refuseOtherHash(store, height, appHash)
    application.commit()
  }
  return appHash
}

function storedBlock(store: BlockStore, height: bigint): StoredBlock {
  const block = store.block(height)
  if (block !== undefined) return block
  throw new Error(
    `Block ${height} is missing from the block store, so it cannot be replayed. Restore it from a backup.`,
  )
}

function finalize(application: Application, { header, txs }: StoredBlock): BlockResult {
  return application.finalizeBlock({ height: header.height, timeMs: header.timeMs, txs })
}

function refuseOtherHash(store: BlockStore, height: bigint, appHash: Uint8Array): void {
  const expected = height === 0n ? store.summary(1n)?.header.appHash : store.summary(height)?.appHash
  if (expected === undefined || equalBytes(expected, appHash)) return
  throw new Error(
    `The application's hash at height ${height} is ${toUpperHex(appHash)}, but the block store has ${toUpperHex(expected)}. The application, its genesis or its version is not the one that made these blocks: start with the one that did.`,
  )
}
