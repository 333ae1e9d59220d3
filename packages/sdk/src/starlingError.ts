/**
 * What kind of failure it is:
 * `unreachable` nobody answers; `timeout` no answer, or no block, in time; `not-found` there is no such thing;
 * `bad-input` what was asked or given is wrong; `refused` the chain refuses a transaction; `unavailable` somebody
 * answers, but cannot serve this; `refuted` a node's claim does not stand up to its proof, and `cause` (a `ProofError`)
 * says how; `stale` a node's newest block is older than allowed.
 */
export type StarlingErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'not-found'
  | 'bad-input'
  | 'refused'
  | 'unavailable'
  | 'refuted'
  | 'stale'

/** Who refused and by which number: a module of the chain, or `grpc` for a query that has no answer. */
export type Refusal = { readonly codespace: string; readonly code: number }

/** Everything the SDK throws: a kind for programs, and a sentence that says what is wrong and what to do. */
export class StarlingError extends Error {
  override readonly name = 'StarlingError'
  readonly kind: StarlingErrorKind
  /** Module that refuses a transaction, or `grpc` for a query; empty where nobody refused anything. */
  readonly codespace: string
  /** Number of the refusal within its codespace; 0 where nobody refused anything. */
  readonly code: number

  constructor(kind: StarlingErrorKind, message: string, facts: Partial<Refusal> & { readonly cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause })
    this.kind = kind
    this.codespace = facts.codespace ?? ''
    this.code = facts.code ?? 0
  }
}

/** The error of a transaction that the chain refuses. */
export function refusal(log: string, { codespace, code }: Refusal): StarlingError {
  return new StarlingError('refused', log === '' ? `The chain refuses it with ${codespace} ${code}.` : log, {
    codespace,
    code,
  })
}

/** True for a refusal with this number of the `sdk` codespace. */
export function isRefusal(error: unknown, code: number): error is StarlingError {
  return error instanceof StarlingError && error.kind === 'refused' && error.codespace === 'sdk' && error.code === code
}
