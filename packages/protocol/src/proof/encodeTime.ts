import type { Time } from './cometTypes.ts'
import { protoFields } from './protoFields.ts'

/** A time as `google.protobuf.Timestamp`. */
export function encodeTime({ seconds, nanos }: Time): Uint8Array {
  // A negative number is written as the unsigned one with the same 64 bits.
  return protoFields().uint(1, BigInt.asUintN(64, seconds)).uint(2, nanos).done()
}
