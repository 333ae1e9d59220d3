import { StoreError } from '@starling/node/store/storeError'

/** Throws on what kept the node from starting; of a state that another release wrote it says that a local network may begin anew. */
export function refuseOldState(error: unknown): never {
  if (!(error instanceof StoreError) || error.code !== 'WRONG_VERSION') throw error
  throw new StoreError(error.code, `${error.message}; a local network begins anew with --reset`, { cause: error })
}
