import { create, toBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { BaseAccountSchema } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import {
  QueryAccountRequestSchema,
  QueryAccountResponseSchema,
} from '@starling/protocol/gen/cosmos/auth/v1beta1/query_pb'
import { type Query, query } from '../../app/query.ts'
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { getAccount } from './view.ts'

/** What the auth module answers. */
export const authQueries: readonly Query[] = [
  query({
    grpc: '/cosmos.auth.v1beta1.Query/Account',
    rest: '/cosmos/auth/v1beta1/accounts/{address}',
    request: QueryAccountRequestSchema,
    response: QueryAccountResponseSchema,
    run: ({ state }, { address }) => {
      const account = getAccount(state, readAddress('address', address))
      if (account === undefined) throw new QueryError('NOT_FOUND', `account ${address} not found`)
      const value = toBinary(BaseAccountSchema, account)
      const typeUrl = `/${BaseAccountSchema.typeName}`
      return create(QueryAccountResponseSchema, { account: create(AnySchema, { typeUrl, value }) })
    },
  }),
]
