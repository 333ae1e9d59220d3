import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf'
import { equalBytes } from '../bytes/compareBytes.ts'
import { defineErrors, type ErrorFactory } from '../errors.ts'
import { type FieldBudget, isWalkEnough, newBudget, scanMessage, type WireFault } from './scanMessage.ts'

type CodecErrors = {
  NOT_PROTOBUF: { type: string; reason: string }
  NOT_CANONICAL: { type: string; reason: string }
  TOO_COMPLEX: { type: string; reason: string }
}

/** What the codec refuses, in the Cosmos SDK's codespace: clients test for its number 2. */
export const codecError: ErrorFactory<CodecErrors> = defineErrors<CodecErrors>('sdk', {
  NOT_PROTOBUF: { number: 2, message: ({ type, reason }) => `tx parse error: bytes are no ${type}: ${reason}` },
  NOT_CANONICAL: {
    number: 2,
    message: ({ type, reason }) =>
      `tx parse error: ${type} has unknown fields or is not canonically encoded: ${reason}; encode fields in ascending order and leave out default values`,
  },
  TOO_COMPLEX: {
    number: 2,
    message: ({ type, reason }) => `tx parse error: ${type} has ${reason}; send less in one transaction`,
  },
})

/**
 * Decodes a message and refuses every encoding but the canonical one: unknown fields, fields out of order, spelled-out
 * defaults and padded varints would otherwise be second spellings of the same meaning. The bytes are walked over first,
 * so that what is nested or counted beyond bounds is refused before anything is built; what a walk cannot see, the
 * defaults, shows when the message is encoded again. `budget` is shared by messages that came in one transaction.
 */
export function decodeCanonical<D extends DescMessage>(
  schema: D,
  bytes: Uint8Array,
  budget: FieldBudget = newBudget(),
): MessageShape<D> {
  const fault = scanMessage(schema, bytes, budget)
  if (fault !== undefined) throw refusal(schema, fault)
  const message = decode(schema, bytes)
  if (isWalkEnough(schema) || equalBytes(toBinary(schema, message), bytes)) return message
  throw codecError('NOT_CANONICAL', { type: schema.typeName, reason: 'a field has its default value' })
}

function refusal({ typeName: type }: DescMessage, { kind, reason }: WireFault): Error {
  if (kind === 'broken') return codecError('NOT_PROTOBUF', { type, reason })
  return codecError(kind === 'foreign' ? 'NOT_CANONICAL' : 'TOO_COMPLEX', { type, reason })
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
