import type { DescField, DescMessage, Message } from '@bufbuild/protobuf'
import { isReflectMessage, type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect'
import { toHex } from '../bytes/hex.ts'
import { sha256 } from '../crypto/sha256.ts'
import type { Leaf } from './types.ts'

/** One scalar of a message, and the path to it, for example `payouts[3].amount`. */
export type LeafAt = { readonly path: string; readonly leaf: Leaf }

/** Bytes above the length of a hash are shown by their hash. */
const SHOWN_BYTES = 32

/** Every scalar of a message in the order of the schema; what is absent has no leaf. `prefix` goes before each path. */
export function listLeaves(schema: DescMessage, message: Message, prefix = ''): readonly LeafAt[] {
  const leaves: LeafAt[] = []
  collect(reflect(schema, message), prefix, leaves)
  return leaves
}

// determinism-allow: as deep as the schemas nest, a few levels
function collect(message: ReflectMessage, prefix: string, leaves: LeafAt[]): void {
  for (const field of message.fields) {
    if (!message.isSet(field) && (field.fieldKind === 'message' || hasPresence(field))) continue
    const path = prefix + field.localName
    const value: unknown = message.get(field)
    if (field.fieldKind !== 'list') add(value, path, leaves)
    else for (const [i, item] of Array.from(message.get(field)).entries()) add(item, `${path}[${i}]`, leaves)
  }
}

function hasPresence(field: DescField): boolean {
  return field.fieldKind === 'scalar' && field.oneof === undefined && field.presence === EXPLICIT
}

/** `FeatureSet.FieldPresence.EXPLICIT`: a field that is written `optional`. */
const EXPLICIT = 1

function add(value: unknown, path: string, leaves: LeafAt[]): void {
  if (isReflectMessage(value)) collect(value, `${path}.`, leaves)
  else leaves.push({ path, leaf: toLeaf(value) })
}

function toLeaf(value: unknown): Leaf {
  if (value instanceof Uint8Array) return value.length > SHOWN_BYTES ? `sha256:${toHex(sha256(value))}` : toHex(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value
  throw new Error('a record has a field of a kind that no record has')
}
