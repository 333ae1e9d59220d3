import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** Writes the fields of one message, in the order of its calls; defaults of scalars are left out. */
export type ProtoFields = {
  readonly uint: (number: number, value: number | bigint) => ProtoFields
  readonly sfixed64: (number: number, value: bigint) => ProtoFields
  readonly text: (number: number, value: string) => ProtoFields
  readonly bytes: (number: number, value: Uint8Array) => ProtoFields
  /** A message or an element of a list: written even where it is empty. */
  readonly message: (number: number, value: Uint8Array) => ProtoFields
  readonly done: () => Uint8Array
}

/**
 * Starts a message of CometBFT's, whose hashes and signatures are taken over these bytes: canonical protobuf in which
 * embedded messages are always written, as gogoproto does for those that cannot be null.
 */
export function protoFields(): ProtoFields {
  const writer = new BinaryWriter()
  const fields: ProtoFields = {
    uint(number, value) {
      if (value !== 0 && value !== 0n) writer.tag(number, WireType.Varint).uint64(value)
      return fields
    },
    sfixed64(number, value) {
      if (value !== 0n) writer.tag(number, WireType.Bit64).sfixed64(value)
      return fields
    },
    text(number, value) {
      if (value !== '') writer.tag(number, WireType.LengthDelimited).string(value)
      return fields
    },
    bytes: (number, value) => (value.length === 0 ? fields : fields.message(number, value)),
    message(number, value) {
      writer.tag(number, WireType.LengthDelimited).bytes(value)
      return fields
    },
    done: () => writer.finish(),
  }
  return fields
}
