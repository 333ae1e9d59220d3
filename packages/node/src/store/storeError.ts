/** Why a state directory or an exported state is refused, cannot be written, or has not what was asked for. */
export type StoreErrorCode = 'WRONG_CHAIN' | 'WRONG_VERSION' | 'DAMAGED' | 'LOCKED' | 'FULL' | 'PRUNED'

/** A state that cannot be used as it is; nothing in it was overwritten. The message says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
