import { create } from '@bufbuild/protobuf'
import { type TxResponse, TxResponseSchema } from '@starling/protocol/gen/cosmos/base/abci/v1beta1/abci_pb'
import { MempoolError } from '../../engine/local/mempoolError.ts'
import { txHash } from '../../engine/local/txHash.ts'
import type { ChainView } from '../chainView.ts'

/** The Cosmos SDK's codes for what the mempool refuses; clients test for them. SPEC wire 3.4 */
const codes = { duplicate: 19, full: 20, tooLarge: 21 } as const

/**
 * Checks a transaction and queues it. A refusal is an answer with a code, not an error; only a halted engine throws.
 */
export async function broadcastTx(engine: Pick<ChainView, 'submitTx'>, bytes: Uint8Array): Promise<TxResponse> {
  try {
    const { hash, code, codespace, log } = await engine.submitTx(bytes)
    return create(TxResponseSchema, { txhash: hash, code, codespace, rawLog: log })
  } catch (error) {
    if (!(error instanceof MempoolError)) throw error
    const refusal = { code: codes[error.kind], codespace: 'sdk', rawLog: error.message }
    return create(TxResponseSchema, { txhash: txHash(bytes), ...refusal })
  }
}
