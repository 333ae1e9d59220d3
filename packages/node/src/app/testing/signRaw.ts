import { create, toBinary } from '@bufbuild/protobuf'
import { AnySchema } from '@bufbuild/protobuf/wkt'
import { signSecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { PubKeySchema } from '@starling/protocol/gen/cosmos/crypto/secp256k1/keys_pb'
import { SignMode } from '@starling/protocol/gen/cosmos/tx/signing/v1beta1/signing_pb'
import { AuthInfoSchema, TxBodySchema, TxRawSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { signDigest } from '@starling/protocol/tx/signDocument'
import { CHAIN_ID, type TestActor } from './testChain.ts'

/** A well signed transaction around whatever bytes a message is said to be. */
export function signRaw(
  { privateKey, publicKey }: TestActor,
  message: { readonly typeUrl: string; readonly value: Uint8Array },
  place: { readonly accountNumber: bigint; readonly sequence: bigint },
): Uint8Array {
  const gasLimit = 5_000_000n
  const bodyBytes = toBinary(TxBodySchema, create(TxBodySchema, { messages: [create(AnySchema, message)] }))
  const key = {
    typeUrl: '/cosmos.crypto.secp256k1.PubKey',
    value: toBinary(PubKeySchema, create(PubKeySchema, { key: publicKey })),
  }
  const modeInfo = { sum: { case: 'single' as const, value: { mode: SignMode.DIRECT } } }
  const authInfoBytes = toBinary(
    AuthInfoSchema,
    create(AuthInfoSchema, {
      signerInfos: [{ publicKey: key, modeInfo, sequence: place.sequence }],
      fee: { amount: [{ denom: 'uallo', amount: (gasLimit * 10n).toString() }], gasLimit },
    }),
  )
  const digest = signDigest({ bodyBytes, authInfoBytes, chainId: CHAIN_ID, accountNumber: place.accountNumber })
  const signatures = [signSecp256k1(digest, privateKey)]
  return toBinary(TxRawSchema, create(TxRawSchema, { bodyBytes, authInfoBytes, signatures }))
}
