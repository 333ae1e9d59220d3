import { StoreError, type StoreErrorCode } from '@starling/node/store/storeError'

const MENDED_BY_RESET: readonly StoreErrorCode[] = ['WRONG_VERSION', 'DAMAGED']

/**
 * Throws on what kept the node from starting; of a state that another release wrote, or that is
 * damaged, it says that a local network may begin anew.
 */
export function refuseOldState(error: unknown): never {
  if (!(error instanceof StoreError) || !MENDED_BY_RESET.includes(error.code)) throw error
  throw new StoreError(error.code, `${error.message}; a local network begins anew with --reset`, { cause: error })
}
