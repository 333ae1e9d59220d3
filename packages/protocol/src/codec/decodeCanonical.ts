import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf'
import { equalBytes } from '../bytes/compareBytes.ts'
import { defineErrors, type ErrorFactory } from '../errors.ts'

type CodecErrors = {
  NOT_PROTOBUF: { type: string; reason: string }
  NOT_CANONICAL: { type: string }
}

/** What the codec refuses, in the Cosmos SDK's codespace: clients test for its number 2. */
export const codecError: ErrorFactory<CodecErrors> = defineErrors<CodecErrors>('sdk', {
  NOT_PROTOBUF: { number: 2, message: ({ type, reason }) => `tx parse error: bytes are no ${type}: ${reason}` },
  NOT_CANONICAL: {
    number: 2,
    message: ({ type }) =>
      `tx parse error: ${type} has unknown fields or is not canonically encoded; encode fields in ascending order and leave out default values`,
  },
})

/**
 * Decodes a message and refuses every encoding but the canonical one, by encoding it again: unknown fields, fields out
 * of order, spelled-out defaults and padded varints would otherwise be second spellings of the same meaning.
 */
export function decodeCanonical<D extends DescMessage>(schema: D, bytes: Uint8Array): MessageShape<D> {
  const message = decode(schema, bytes)
  if (!equalBytes(toBinary(schema, message), bytes)) throw codecError('NOT_CANONICAL', { type: schema.typeName })
  return message
}

function decode<D extends DescMessage>(schema: D, bytes: Uint8Array): MessageShape<D> {
  try {
    // Kept unknown fields would be written back and hide themselves from the comparison.
    return fromBinary(schema, bytes, { readUnknownFields: false })
  } catch (error) {
    throw codecError('NOT_PROTOBUF', {
      type: schema.typeName,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}
