/** Why an answer, a header or a commit is not believed. */
export type ProofErrorCode =
  /** The proof does not follow the rules of its tree. */
  | 'BAD_PROOF'
  /** A proof of another key or store. */
  | 'WRONG_KEY'
  /** A proof of another value. */
  | 'WRONG_VALUE'
  /** A proof that leads to another application hash. */
  | 'WRONG_APP_HASH'
  /** Absence is claimed, and not proven. */
  | 'NOT_ABSENT'
  /** A header of another chain. */
  | 'WRONG_CHAIN'
  /** A header that is not newer than the trusted one. */
  | 'OLD_HEADER'
  /** A header that is not the one its commit signs. */
  | 'WRONG_HEADER'
  /** Not more than two thirds of the block's own validators have signed. */
  | 'TOO_LITTLE_POWER'
  /** Not more than one third of the trusted validators have signed: a header in between may help. */
  | 'TOO_LITTLE_TRUST'
  | 'BAD_SIGNATURE'
  /** Validators that are not the ones whose hash the header holds. */
  | 'WRONG_VALIDATORS'
  /** The trusted header is older than the trusting period. */
  | 'EXPIRED'
  /** A header whose time is later than the clock allows. */
  | 'FROM_THE_FUTURE'
  /** Not of the expected form. */
  | 'MALFORMED'

/** A proof that fails. The message is a sentence; `code` is stable. */
export class ProofError extends Error {
  override readonly name = 'ProofError'
  readonly code: ProofErrorCode

  constructor(code: ProofErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
