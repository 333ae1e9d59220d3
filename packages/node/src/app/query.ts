import type { Message } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import type { StateReader } from './context.ts'

/** What a query reads: the newest committed state. */
export type QueryContext = {
  readonly state: StateReader
  readonly chainId: string
  /** Height of the newest block. */
  readonly height: bigint
}

/** One row of the table of queries: it serves gRPC, REST and `abci_query` alike. */
export type Query<C = QueryContext, I extends Message = Message, O extends Message = Message> = {
  /** `/package.Service/Method`. */
  readonly grpc: string
  /**
   * Path with `{field}` for fields of the request; all other fields come from the query string. `{field:number}` stands
   * for a whole number only, where it alone tells two paths apart.
   */
  readonly rest: string
  readonly request: GenMessage<I>
  readonly response: GenMessage<O>
  /** Throws a `QueryError` where there is no answer. */
  readonly run: (context: C, request: I) => O
}

/** Makes a row, so that its types are inferred and then forgotten. */
export function query<C, I extends Message, O extends Message>(row: Query<C, I, O>): Query<C> {
  // The table calls each row with messages of the row's own schema.
  return row as unknown as Query<C>
}
