/** Why the mempool took no notice of a transaction. */
export type MempoolRefusal = 'duplicate' | 'full' | 'tooLarge'

/** The mempool refuses a transaction without asking the application. */
export class MempoolError extends Error {
  override readonly name = 'MempoolError'
  readonly kind: MempoolRefusal

  constructor(kind: MempoolRefusal, message: string) {
    super(message)
    this.kind = kind
  }
}
