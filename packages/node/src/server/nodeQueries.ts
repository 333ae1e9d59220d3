import { create, toBinary } from '@bufbuild/protobuf'
import {
  GetTxRequestSchema,
  GetTxResponseSchema,
  SimulateRequestSchema,
  SimulateResponseSchema,
} from '@starling/protocol/gen/cosmos/tx/v1beta1/service_pb'
import { query } from '../app/query.ts'
import { QueryError } from '../app/queryError.ts'
import { simulateQuery } from '../app/simulateTx.ts'
import type { NodeQuery } from './nodeQuery.ts'
import { readAnswer } from './readAnswer.ts'
import { bodyOfTx, txResponse } from './tx/txResponse.ts'

/** Every query that needs the engine beside the state and can be answered at once. */
export const nodeQueries: readonly NodeQuery[] = [
  {
    method: 'GET',
    ...query({
      grpc: '/cosmos.tx.v1beta1.Service/GetTx',
      rest: '/cosmos/tx/v1beta1/txs/{hash}',
      request: GetTxRequestSchema,
      response: GetTxResponseSchema,
      run({ engine }, { hash }) {
        if (!/^(0x)?[0-9a-f]{64}$/i.test(hash)) {
          const got = hash === '' ? 'nothing' : `"${hash.slice(0, 80)}"`
          throw new QueryError('INVALID_ARGUMENT', `hash must be 64 hexadecimal digits, got ${got}`)
        }
        const stored = engine.store.tx(hash.replace(/^0x/i, ''))
        if (stored === undefined) throw new QueryError('NOT_FOUND', `tx not found: ${hash.toUpperCase()}`)
        return create(GetTxResponseSchema, { tx: bodyOfTx(stored.tx), txResponse: txResponse(engine.store, stored) })
      },
    }),
  },
  {
    method: 'POST',
    ...query({
      grpc: simulateQuery.grpc,
      rest: simulateQuery.rest,
      request: SimulateRequestSchema,
      response: SimulateResponseSchema,
      run({ application }, request) {
        const data = toBinary(SimulateRequestSchema, request)
        return readAnswer(
          simulateQuery,
          application.query({ path: simulateQuery.grpc, data, height: 0n, prove: false }),
        )
      },
    }),
  },
]
