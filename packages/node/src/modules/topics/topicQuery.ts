import type { Message } from '@bufbuild/protobuf'
import { type EmissionsRow, emissionsQuery } from '../../app/emissionsQuery.ts'
import type { Query, QueryContext } from '../../app/query.ts'
import { findTopic } from './findTopic.ts'
import type { StoredTopic } from './view.ts'

/** What a query about a topic that exists reads. */
export type TopicContext = QueryContext & { readonly topic: StoredTopic }

/** A row of `emissions.v10.QueryService` whose request names a topic; an unknown one is NOT_FOUND. */
export function topicQuery<I extends Message & { readonly topicId: bigint }, O extends Message>(
  method: string,
  path: string,
  { request, response, run }: EmissionsRow<I, O, TopicContext>,
): Query {
  return emissionsQuery(method, path, {
    request,
    response,
    run: (context, message: I) => run({ ...context, topic: findTopic(context.state, message.topicId) }, message),
  })
}
