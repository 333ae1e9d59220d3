import { fromBinary, type Message } from '@bufbuild/protobuf'
import type { QueryResult } from '../app/application.ts'
import type { Query } from '../app/query.ts'
import { QueryError } from '../app/queryError.ts'

const LOG = /^rpc error: code = (\w+) desc = ([\s\S]*)$/

const phrases: Readonly<Record<string, QueryError['status']>> = {
  NotFound: 'NOT_FOUND',
  InvalidArgument: 'INVALID_ARGUMENT',
  FailedPrecondition: 'FAILED_PRECONDITION',
  Unimplemented: 'UNIMPLEMENTED',
}

/** The response in an answer of the application; a refusal becomes the `QueryError` that it was made of. */
export function readAnswer<C>(row: Query<C>, { code, log, value }: QueryResult): Message {
  if (code === 0) return fromBinary(row.response, value)
  const [, phrase = '', sentence = log] = LOG.exec(log) ?? []
  // 6 is the Cosmos SDK's code for an unknown path; what else has no phrase is a height that is not kept.
  throw new QueryError(phrases[phrase] ?? (code === 6 ? 'UNIMPLEMENTED' : 'INVALID_ARGUMENT'), sentence)
}
