import { create, fromBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { type TxResponse, TxResponseSchema } from '@starling/protocol/gen/cosmos/base/abci/v1beta1/abci_pb'
import { type Tx, TxSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { abciEvents } from '../../app/abciEvents.ts'
import type { BlockStore, StoredTx } from '../../engine/local/blockStore.ts'
import { toUpperHex } from '../../engine/local/bytes.ts'
import { isoTime } from '../isoTime.ts'

/** A committed transaction as the Cosmos SDK's tx service tells it. */
export function txResponse(store: BlockStore, { height, hash, tx, result }: StoredTx): TxResponse {
  const time = store.summary(height)?.header.timeMs
  return create(TxResponseSchema, {
    height,
    txhash: hash,
    code: result.code,
    codespace: result.codespace,
    data: toUpperHex(result.data),
    rawLog: result.log,
    gasWanted: result.gasWanted,
    gasUsed: result.gasUsed,
    tx: create(AnySchema, { typeUrl: `/${TxSchema.typeName}`, value: tx }),
    timestamp: time === undefined ? '' : isoTime(time),
    events: abciEvents(result.events),
  })
}

/** A transaction's bytes, opened: TxRaw and Tx have the same encoding. */
export function bodyOfTx(bytes: Uint8Array): Tx {
  return fromBinary(TxSchema, bytes)
}
