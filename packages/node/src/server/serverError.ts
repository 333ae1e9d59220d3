import { httpStatusOf } from './grpcStatus.ts'

/** Why a server refuses a request: a gRPC status, an HTTP status and a sentence for the client. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  /** gRPC status code. */
  readonly status: number
  readonly httpStatus: number

  constructor(status: number, message: string, httpStatus: number = httpStatusOf(status)) {
    super(message)
    this.status = status
    this.httpStatus = httpStatus
  }
}
