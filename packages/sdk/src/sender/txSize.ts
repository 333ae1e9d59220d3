import { create, type DescMessage, toBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { CoinSchema } from '@starling/protocol/gen/cosmos/base/v1beta1/coin_pb'
import { PubKeySchema } from '@starling/protocol/gen/cosmos/crypto/secp256k1/keys_pb'
import { SignMode } from '@starling/protocol/gen/cosmos/tx/signing/v1beta1/signing_pb'
import { AuthInfoSchema, TxBodySchema, TxRawSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import type { MessageToSend, TxToSign } from '@starling/protocol/tx/encodeTx'
import { isMessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import { StarlingError } from '../starlingError.ts'

/** What the size of a transaction depends on: everything but the key, whose parts have fixed lengths. */
export type TxToSize = Omit<TxToSign, 'privateKey' | 'chainId' | 'accountNumber'>

/** The part that holds the messages, which gas and fee do not change. Throws `bad-input` for what cannot be encoded. */
export function bodyOf({ messages, memo = '', timeoutHeight = 0n }: Omit<TxToSize, 'gasLimit' | 'fee'>): Uint8Array {
  return toBinary(TxBodySchema, create(TxBodySchema, { messages: messages.map(encodeMessage), memo, timeoutHeight }))
}

function encodeMessage({ typeUrl, value }: MessageToSend): { readonly typeUrl: string; readonly value: Uint8Array } {
  if (!isMessageUrl(typeUrl)) {
    throw new StarlingError('bad-input', `"${typeUrl}" is no message of the protocol. Check its spelling.`)
  }
  try {
    const schema: DescMessage = messageSchemas[typeUrl]
    return { typeUrl, value: toBinary(schema, create(schema, value)) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StarlingError('bad-input', `A ${typeUrl} cannot be encoded: ${reason}. Correct that field.`, {
      cause: error,
    })
  }
}

/** Bytes that `encodeTx` will make of this, without the cost of signing it. */
export function txSize(bodyBytes: Uint8Array, { sequence, gasLimit, fee }: TxToSize): number {
  const key = toBinary(PubKeySchema, create(PubKeySchema, { key: new Uint8Array(33) }))
  const publicKey = create(AnySchema, { typeUrl: '/cosmos.crypto.secp256k1.PubKey', value: key })
  const modeInfo = { sum: { case: 'single' as const, value: { mode: SignMode.DIRECT } } }
  const amount = fee === 0n ? [] : [create(CoinSchema, { denom: 'uallo', amount: fee.toString() })]
  const authInfoBytes = toBinary(
    AuthInfoSchema,
    create(AuthInfoSchema, { signerInfos: [{ publicKey, modeInfo, sequence }], fee: { amount, gasLimit } }),
  )
  const signatures = [new Uint8Array(64)]
  return toBinary(TxRawSchema, create(TxRawSchema, { bodyBytes, authInfoBytes, signatures })).length
}
