import { sha256 } from '../crypto/sha256.ts'
import { protoFields } from './protoFields.ts'

/** The consensus parameters that a header commits to; −1 gas is no bound. */
export type BlockLimits = { readonly maxBytes: bigint; readonly maxGas: bigint }

/** Hash of the consensus parameters: `consensus_hash`. CometBFT 0.38 `types.ConsensusParams.Hash` */
export function consensusHash({ maxBytes, maxGas }: BlockLimits): Uint8Array {
  const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value)
  return sha256(protoFields().uint(1, unsigned(maxBytes)).uint(2, unsigned(maxGas)).done())
}
