/** Why a state directory is refused or cannot be written. */
export type StoreErrorCode = 'WRONG_CHAIN' | 'WRONG_VERSION' | 'DAMAGED' | 'LOCKED' | 'FULL'

/** A state directory that cannot be used as it is; nothing in it was overwritten. The message says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
