import { join } from 'node:path'
import { storeNames } from './app/storeNames.ts'
import type { Durability } from './store/durability.ts'
import type { MultiStore } from './store/multiStore.ts'
import { openLmdbStore } from './store/openLmdbStore.ts'

/** Version of everything that a state directory holds. */
const FORMAT_VERSION = 3

/** Opens the state in a node's folder. By default each block is made durable. */
export function openState(
  { directory, chainId }: { readonly directory: string; readonly chainId: string },
  durability: Durability = 'each-block',
): MultiStore {
  return openLmdbStore(
    { path: join(directory, 'state'), names: storeNames, chainId, formatVersion: FORMAT_VERSION },
    durability,
  )
}
