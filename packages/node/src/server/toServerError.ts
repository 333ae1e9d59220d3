import { QueryError } from '../app/queryError.ts'
import { EngineHalted } from '../engine/local/engineHalted.ts'
import { grpcStatus } from './grpcStatus.ts'
import { ServerError } from './serverError.ts'

/** What a client is told of an error that a request ran into; undefined for one that only the log may tell. */
export function toServerError(error: unknown): ServerError | undefined {
  if (error instanceof ServerError) return error
  if (error instanceof QueryError) return new ServerError(error.code, error.message)
  if (error instanceof EngineHalted) return new ServerError(grpcStatus.UNAVAILABLE, error.message)
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const refusal = ofFramework[String(error.code)]
  return refusal === undefined ? undefined : new ServerError(grpcStatus.INVALID_ARGUMENT, refusal[1], refusal[0])
}

/** What Fastify and Node refuse themselves, by error code: HTTP status and sentence. */
const ofFramework: Readonly<Record<string, readonly [number, string]>> = {
  FST_ERR_BAD_URL: [400, 'The path holds a % that no two hexadecimal digits follow; write it as %25.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'The body is too large; send less at once.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'The body is not as long as its Content-Length says.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'The Content-Type is none that this server reads; send application/json.'],
  HPE_HEADER_OVERFLOW: [431, 'The URL and headers are too long together; send large requests with POST.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive; send it again.'],
}
