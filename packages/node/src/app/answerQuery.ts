import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { ProtocolError } from '@starling/protocol/errors'
import type { QueryResult } from './application.ts'
import type { Query } from './query.ts'
import { QueryError } from './queryError.ts'

/** Codes of the Cosmos SDK that existing clients know, by gRPC status. SPEC wire 3.0 */
const codes = { NOT_FOUND: 22, INVALID_ARGUMENT: 18, FAILED_PRECONDITION: 18, UNIMPLEMENTED: 6 } as const
const phrases = {
  NOT_FOUND: 'NotFound',
  INVALID_ARGUMENT: 'InvalidArgument',
  FAILED_PRECONDITION: 'FailedPrecondition',
  UNIMPLEMENTED: 'Unimplemented',
} as const

/** What a refused or empty answer looks like at a height. */
export function noAnswer(height: bigint, code: number, log: string): QueryResult {
  const nothing = new Uint8Array()
  return { codespace: code === 0 ? '' : 'sdk', code, log, key: nothing, value: nothing, height }
}

/**
 * Runs one row on the bytes of its request; a `QueryError` becomes the code and text that clients match, and so does
 * what the rules refuse, such as a damaged state of one topic.
 */
export function answerQuery<C>(row: Query<C>, context: C, data: Uint8Array, height: bigint): QueryResult {
  try {
    const response = row.run(context, decodeRequest(row, data))
    return { ...noAnswer(height, 0, ''), value: toBinary(row.response, response) }
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined || !(error instanceof Error)) throw error
    return noAnswer(height, codes[status], `rpc error: code = ${phrases[status]} desc = ${error.message}`)
  }
}

function statusOf(error: unknown): QueryError['status'] | undefined {
  if (error instanceof QueryError) return error.status
  return error instanceof ProtocolError ? 'FAILED_PRECONDITION' : undefined
}

function decodeRequest<C>(row: Query<C>, data: Uint8Array): ReturnType<typeof fromBinary> {
  try {
    return fromBinary(row.request, data)
  } catch {
    throw new QueryError('INVALID_ARGUMENT', `the request is no ${row.request.typeName}`)
  }
}
