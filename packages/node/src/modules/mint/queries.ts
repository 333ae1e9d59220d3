import { create } from '@bufbuild/protobuf'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import {
  QueryServiceEmissionInfoRequestSchema,
  QueryServiceEmissionInfoResponseSchema,
  QueryServiceInflationRequestSchema,
  QueryServiceInflationResponseSchema,
  QueryServiceParamsRequestSchema,
  QueryServiceParamsResponseSchema,
} from '@starling/protocol/gen/mint/v5/query_pb'
import type { StateReader } from '../../app/context.ts'
import { type Query, query } from '../../app/query.ts'
import { emissionInfo } from './emissionInfo.ts'
import { inflation } from './inflation.ts'
import type { MintTerms } from './mintTerms.ts'
import { getMintParams } from './view.ts'

/** What the mint module answers. `readTerms` gives the two parameters that the module `params` keeps. */
export function mintQueries(readTerms: (state: StateReader) => MintTerms): readonly Query[] {
  return [
    query({
      grpc: '/mint.v5.QueryService/Params',
      rest: '/mint/v5/params',
      request: QueryServiceParamsRequestSchema,
      response: QueryServiceParamsResponseSchema,
      run: ({ state }) => create(QueryServiceParamsResponseSchema, { params: getMintParams(state) }),
    }),
    query({
      grpc: '/mint.v5.QueryService/Inflation',
      rest: '/mint/v5/inflation',
      request: QueryServiceInflationRequestSchema,
      response: QueryServiceInflationResponseSchema,
      run: ({ state, height }) => {
        const rate = inflation(state, readTerms(state), height)
        return create(QueryServiceInflationResponseSchema, { inflation: toUtf8(rate.toString()) })
      },
    }),
    query({
      grpc: '/mint.v5.QueryService/EmissionInfo',
      rest: '/mint/v5/emission_info',
      request: QueryServiceEmissionInfoRequestSchema,
      response: QueryServiceEmissionInfoResponseSchema,
      run: ({ state, height }) => emissionInfo(state, readTerms(state), height),
    }),
  ]
}
