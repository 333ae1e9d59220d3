import { createApplication } from '@starling/node/app/createApplication'
import { storeNames } from '@starling/node/app/storeNames'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import type { BlockStore } from '@starling/node/engine/local/blockStore'
import { createLocalEngine } from '@starling/node/engine/local/localEngine'
import { openBlockStore } from '@starling/node/engine/local/openBlockStore'
import { openMemoryStore } from '@starling/node/store/openMemoryStore'
import { expect } from 'vitest'
import { type CometBlock, readBlocks } from './readBlocks.ts'
import { CHAIN_ID, type Validator } from './startValidators.ts'

/** The embedded engine on the genesis of a network, which makes the blocks of CometBFT again. */
export type Embedded = {
  readonly store: BlockStore
  /**
   * Makes all blocks of a validator that are not made yet, with their times and transactions, and expects that they have
   * the app hashes and hashes of results that stand in CometBFT's headers.
   */
  expectSame(validator: Validator): Promise<void>
}

/** Opens the embedded engine on a genesis. */
export function openEmbedded(appState: unknown): Embedded {
  useNativeSecp256k1()
  const application = createApplication({ stores: openMemoryStore(storeNames), chainId: CHAIN_ID })
  const blocks: CometBlock[] = []
  const next = (): CometBlock => {
    const block = blocks[Number(store.height())]
    if (block === undefined) throw new Error(`there is no block after ${store.height()}`)
    return block
  }
  const store = openBlockStore({ chainId: CHAIN_ID })
  const engine = createLocalEngine({
    application: { ...application, prepareProposal: () => next().txs },
    blockStore: store,
    chainId: CHAIN_ID,
    genesis: { appState },
    clock: () => next().timeMs,
  })
  return {
    store,
    async expectSame(validator) {
      const first = BigInt(blocks.length) + 1n
      const fresh = await readBlocks(validator, first, await validator.height())
      blocks.push(...fresh)
      while (store.height() < BigInt(blocks.length)) engine.mine()
      const told = fresh.map(({ height, timeMs, appHash, dataHash, lastResultsHash }) => ({
        height,
        timeMs,
        appHash,
        dataHash,
        lastResultsHash,
      }))
      expect(told.map(({ height }) => madeBlock(store, height))).toEqual(told)
    },
  }
}

/** A block of the embedded engine in the words of CometBFT. */
function madeBlock(store: BlockStore, height: bigint): object {
  const header = store.summary(height)?.header
  if (header === undefined) throw new Error(`block ${height} was not made`)
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
  return {
    height,
    timeMs: header.timeMs,
    appHash: hex(header.appHash),
    dataHash: hex(header.dataHash),
    lastResultsHash: hex(header.lastResultsHash),
  }
}
