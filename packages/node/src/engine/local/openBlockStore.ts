import type { Durability } from '../../store/durability.ts'
import { type BlockStore, createBlockStore } from './blockStore.ts'
import { openLmdbKv } from './lmdbKv.ts'
import { createMemoryKv } from './memoryKv.ts'

/** Opens the chain's block store in a directory, or in memory when no directory is given. */
export function openBlockStore(options: {
  readonly chainId: string
  readonly directory?: string
  readonly durability?: Durability
}): BlockStore {
  const { chainId, directory, durability = 'each-block' } = options
  const kv = directory === undefined ? createMemoryKv() : openLmdbKv(directory, durability)
  return createBlockStore(kv, chainId)
}
