import { fromBinary } from '@bufbuild/protobuf'
import { GetFeesResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import type { ChainContext } from '../nodeQuery.ts'

/** What the Cosmos SDK calls a node's configuration: the gas price that the chain demands, and that nothing is pruned. */
export function nodeConfig({ application }: ChainContext): object {
  const fees = { path: '/starling.v1.Query/GetFees', data: new Uint8Array(), height: 0n, prove: false }
  const { params } = fromBinary(GetFeesResponseSchema, application.query(fees).value)
  return {
    minimum_gas_price: `${params?.minGasPrice ?? '0'}uallo`,
    pruning_keep_recent: '0',
    pruning_interval: '0',
    halt_height: '0',
  }
}
