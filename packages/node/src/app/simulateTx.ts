import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { ProtocolError } from '@starling/protocol/errors'
import { TxMsgDataSchema } from '@starling/protocol/gen/cosmos/base/abci/v1beta1/abci_pb'
import { SignMode } from '@starling/protocol/gen/cosmos/tx/signing/v1beta1/signing_pb'
import {
  SimulateRequestSchema,
  type SimulateResponse,
  SimulateResponseSchema,
} from '@starling/protocol/gen/cosmos/tx/v1beta1/service_pb'
import { AuthInfoSchema, FeeSchema, ModeInfoSchema, TxRawSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { decodeTx } from '@starling/protocol/tx/decodeTx'
import { abciEvents } from './abciEvents.ts'
import { runAnte } from './ante.ts'
import type { AbciEvent } from './application.ts'
import type { Context } from './context.ts'
import type { TxPlace } from './deliverTx.ts'
import { type Query, query } from './query.ts'
import { QueryError } from './queryError.ts'
import { runMessage } from './runMessage.ts'

/** The row of the table that runs a transaction without signing or sending it; its context is where the next one runs. */
export const simulateQuery: Query<TxPlace> = query({
  grpc: '/cosmos.tx.v1beta1.Service/Simulate',
  rest: '/cosmos/tx/v1beta1/simulate',
  request: SimulateRequestSchema,
  response: SimulateResponseSchema,
  run: (place, { txBytes }) => simulateTx(place, txBytes),
})

/**
 * What a transaction would use and do now. Needs its messages and its signer's key and sequence; signature, mode and
 * fee may be missing. Nothing is kept. Throws a `QueryError` with the refusal that the transaction would meet.
 */
export function simulateTx(place: TxPlace, bytes: Uint8Array): SimulateResponse {
  const fork = place.stores.fork()
  const events: AbciEvent[] = []
  const context: Context = { ...place, state: fork, emit: (event) => events.push(event) }
  try {
    const full = completed(bytes)
    const tx = decodeTx(full)
    const { gasUsed } = runAnte(context, tx, full.length, 'simulate')
    const msgResponses = tx.messages.map((message, index) => runMessage(context, message, index))
    const data = toBinary(TxMsgDataSchema, create(TxMsgDataSchema, { msgResponses }))
    const gasInfo = { gasUsed, gasWanted: tx.fee.gasLimit }
    return create(SimulateResponseSchema, { gasInfo, result: { data, msgResponses, events: abciEvents(events) } })
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    throw new QueryError('INVALID_ARGUMENT', `${error.message} (codespace ${error.codespace}, code ${error.number})`)
  } finally {
    fork.discard()
  }
}

/** Fills in what a simulation may leave out, with the length that it has in practice, so that the gas comes out right. */
function completed(bytes: Uint8Array): Uint8Array {
  try {
    const raw = fromBinary(TxRawSchema, bytes)
    const authInfo = fromBinary(AuthInfoSchema, raw.authInfoBytes)
    const modeInfo = create(ModeInfoSchema, { sum: { case: 'single', value: { mode: SignMode.DIRECT } } })
    for (const signer of authInfo.signerInfos) signer.modeInfo = modeInfo
    const usual = create(FeeSchema, { amount: [{ denom: 'uallo', amount: '2500000' }], gasLimit: 250_000n })
    if (authInfo.fee === undefined || authInfo.fee.gasLimit === 0n) authInfo.fee = usual
    const signatures = authInfo.signerInfos.map((_, i) => fullSignature(raw.signatures[i]))
    return toBinary(TxRawSchema, { ...raw, authInfoBytes: toBinary(AuthInfoSchema, authInfo), signatures })
  } catch {
    throw new QueryError('INVALID_ARGUMENT', 'tx_bytes are no transaction; give the bytes of a cosmos.tx.v1beta1.TxRaw')
  }
}

function fullSignature(given: Uint8Array | undefined): Uint8Array {
  return given === undefined || given.length === 0 ? new Uint8Array(64) : given
}
