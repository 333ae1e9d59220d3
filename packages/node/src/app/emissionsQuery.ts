import { create, type Message, type MessageInitShape } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import { type Query, type QueryContext, query } from './query.ts'

/** What a row of the reference's query service says beside its names: `run` gives the fields of the response. */
export type EmissionsRow<I extends Message, O extends Message, C = QueryContext> = {
  readonly request: GenMessage<I>
  readonly response: GenMessage<O>
  readonly run: (context: C, request: I) => MessageInitShape<GenMessage<NoInfer<O>>>
}

/** Makes a row of `emissions.v10.QueryService`; `path` is what follows `/emissions/v10`. SPEC wire 1.5 */
export function emissionsQuery<I extends Message, O extends Message>(
  method: string,
  path: string,
  { request, response, run }: EmissionsRow<I, O>,
): Query {
  return query({
    grpc: `/emissions.v10.QueryService/${method}`,
    rest: `/emissions/v10${path}`,
    request,
    response,
    run: (context: QueryContext, message) => create(response, run(context, message)),
  })
}
