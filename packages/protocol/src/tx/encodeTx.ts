import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { publicKeyOf, signSecp256k1 } from '../crypto/secp256k1.ts'
import { CoinSchema } from '../gen/cosmos/base/v1beta1/coin_pb.ts'
import { PubKeySchema } from '../gen/cosmos/crypto/secp256k1/keys_pb.ts'
import { SignMode } from '../gen/cosmos/tx/signing/v1beta1/signing_pb.ts'
import { AuthInfoSchema, TxBodySchema, TxRawSchema } from '../gen/cosmos/tx/v1beta1/tx_pb.ts'
import { type MessageUrl, messageSchemas } from './messages.ts'
import { signDigest } from './signDocument.ts'

/** A message to send: its type URL and the fields that differ from their defaults. */
export type MessageToSend = {
  [U in MessageUrl]: { readonly typeUrl: U; readonly value: MessageInitShape<(typeof messageSchemas)[U]> }
}[MessageUrl]

/** What a signed transaction is made of. */
export type TxToSign = {
  readonly messages: readonly MessageToSend[]
  readonly privateKey: Uint8Array
  /** Of the private key, where it is known; it costs half of a signature to compute. */
  readonly publicKey?: Uint8Array
  readonly chainId: string
  readonly accountNumber: bigint
  readonly sequence: bigint
  readonly gasLimit: bigint
  /** In uallo. */
  readonly fee: bigint
  readonly memo?: string
  /** 0 = never. */
  readonly timeoutHeight?: bigint
}

/** Signs and encodes a transaction with SIGN_MODE_DIRECT; the bytes are ready to broadcast. */
export function encodeTx(tx: TxToSign): Uint8Array {
  const bodyBytes = toBinary(
    TxBodySchema,
    create(TxBodySchema, {
      messages: tx.messages.map(toAny),
      memo: tx.memo ?? '',
      timeoutHeight: tx.timeoutHeight ?? 0n,
    }),
  )
  const authInfoBytes = encodeAuthInfo(tx)
  const digest = signDigest({ bodyBytes, authInfoBytes, chainId: tx.chainId, accountNumber: tx.accountNumber })
  const signatures = [signSecp256k1(digest, tx.privateKey)]
  return toBinary(TxRawSchema, create(TxRawSchema, { bodyBytes, authInfoBytes, signatures }))
}

function toAny({ typeUrl, value }: MessageToSend): { typeUrl: string; value: Uint8Array } {
  const schema: DescMessage = messageSchemas[typeUrl]
  return { typeUrl, value: toBinary(schema, create(schema, value)) }
}

function encodeAuthInfo({
  privateKey,
  publicKey = publicKeyOf(privateKey),
  sequence,
  gasLimit,
  fee,
}: TxToSign): Uint8Array {
  const key = toBinary(PubKeySchema, create(PubKeySchema, { key: publicKey }))
  const anyKey = create(AnySchema, { typeUrl: '/cosmos.crypto.secp256k1.PubKey', value: key })
  const modeInfo = { sum: { case: 'single' as const, value: { mode: SignMode.DIRECT } } }
  const amount = fee === 0n ? [] : [create(CoinSchema, { denom: 'uallo', amount: fee.toString() })]
  return toBinary(
    AuthInfoSchema,
    create(AuthInfoSchema, { signerInfos: [{ publicKey: anyKey, modeInfo, sequence }], fee: { amount, gasLimit } }),
  )
}
