import { create, toBinary } from '@bufbuild/protobuf'
import { sha256 } from '../crypto/sha256.ts'
import { SignDocSchema } from '../gen/cosmos/tx/v1beta1/tx_pb.ts'

/** What a SIGN_MODE_DIRECT signature covers: the received bytes, never a re-encoding. */
export type SignDocument = {
  readonly bodyBytes: Uint8Array
  readonly authInfoBytes: Uint8Array
  readonly chainId: string
  readonly accountNumber: bigint
}

/** SHA-256 of the canonical SignDoc, the 32 bytes that are signed. */
export function signDigest(document: SignDocument): Uint8Array {
  return sha256(toBinary(SignDocSchema, create(SignDocSchema, document)))
}
