/** gRPC status codes that queries answer with. */
const statuses = { INVALID_ARGUMENT: 3, NOT_FOUND: 5, FAILED_PRECONDITION: 9, UNIMPLEMENTED: 12 } as const

/** Why a query has no answer: a gRPC status and a sentence. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  readonly status: keyof typeof statuses
  /** The gRPC status code. */
  readonly code: number

  constructor(status: keyof typeof statuses, message: string) {
    super(message)
    this.status = status
    this.code = statuses[status]
  }
}
