import { type BlockStore, createBlockStore } from './blockStore.ts'
import { openLmdbKv } from './lmdbKv.ts'
import { createMemoryKv } from './memoryKv.ts'

/** Opens the chain's block store in a directory, or in memory when no directory is given. */
export function openBlockStore(options: { readonly chainId: string; readonly directory?: string }): BlockStore {
  const kv = options.directory === undefined ? createMemoryKv() : openLmdbKv(options.directory)
  return createBlockStore(kv, options.chainId)
}
