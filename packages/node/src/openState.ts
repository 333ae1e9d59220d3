import { join } from 'node:path'
import { checkStoredParams } from './app/checkStoredParams.ts'
import { storeNames } from './app/storeNames.ts'
import { stateFormat } from './stateFormat.ts'
import type { Durability } from './store/durability.ts'
import type { MultiStore } from './store/multiStore.ts'
import { openLmdbStore } from './store/openLmdbStore.ts'

/**
 * Opens the state in a node's folder. By default each block is made durable. Refuses a state of another release
 * (`StoreError`), also one whose parameters are not all there.
 */
export function openState(
  { directory, chainId }: { readonly directory: string; readonly chainId: string },
  durability: Durability = 'each-block',
): MultiStore {
  const path = join(directory, 'state')
  const stores = openLmdbStore({ path, names: storeNames, chainId, formatVersion: stateFormat }, durability)
  try {
    checkStoredParams(stores, path)
    return stores
  } catch (error) {
    stores.close()
    throw error
  }
}
