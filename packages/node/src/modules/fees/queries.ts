import { create } from '@bufbuild/protobuf'
import { GetFeesRequestSchema, GetFeesResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { type Query, query } from '../../app/query.ts'
import { getFeesParams } from './view.ts'

/** What the fees module answers. */
export const feesQueries: readonly Query[] = [
  query({
    grpc: '/starling.v1.Query/GetFees',
    rest: '/starling/v1/fees',
    request: GetFeesRequestSchema,
    response: GetFeesResponseSchema,
    run: ({ state }) => create(GetFeesResponseSchema, { params: getFeesParams(state) }),
  }),
]
