import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { toHex } from '@starling/protocol/bytes/hex'
import { signSecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { InputInferenceForecastBundleSchema } from '@starling/protocol/gen/emissions/v10/types_pb'
import type { TestActor } from './testChain.ts'

/** A worker's own signature over what it predicts, with its key, as others may send it along. */
export function signBundle(
  { privateKey, publicKey }: TestActor,
  bundle: MessageInitShape<typeof InputInferenceForecastBundleSchema>,
): { readonly pubkey: string; readonly inferencesForecastsBundleSignature: Uint8Array } {
  const signed = toBinary(InputInferenceForecastBundleSchema, create(InputInferenceForecastBundleSchema, bundle))
  return { pubkey: toHex(publicKey), inferencesForecastsBundleSignature: signSecp256k1(sha256(signed), privateKey) }
}
