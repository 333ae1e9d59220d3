import type { ValidatorSet } from './cometTypes.ts'
import { merkleRoot } from './merkleRoot.ts'
import { protoFields } from './protoFields.ts'

/** Merkle root over keys and powers, in the order given: `validators_hash`. CometBFT 0.38 `types.ValidatorSet.Hash` */
export function validatorsHash(validators: ValidatorSet): Uint8Array {
  return merkleRoot(
    validators.map(({ publicKey, power }) => {
      const key = protoFields().bytes(1, publicKey).done()
      return protoFields().message(1, key).uint(2, power).done()
    }),
  )
}
