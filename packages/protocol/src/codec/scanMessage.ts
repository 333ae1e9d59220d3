import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf'
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt'

/** How many fields and bytes of text may still be read. One budget serves a whole transaction, however its bytes nest. */
export type FieldBudget = { fields: number; text: number }

/** What is wrong with bytes: `broken` are no message of the type, `foreign` are one that is not spelled canonically. */
export type WireFault = { readonly kind: 'broken' | 'foreign' | 'tooMany' | 'tooDeep'; readonly reason: string }

/** Fields of one transaction at most; the largest that a client needs, a long forecast, has some hundreds. */
export const MAX_FIELDS = 2_000
/** Bytes of text in one transaction at most: text takes ten times as long as bytes. */
const MAX_TEXT = 65_536
/** Messages within messages at most; the deepest of the protocol has 6. */
export const MAX_DEPTH = 16

/** True where a walk sees everything that could be spelled in two ways: the schema has nothing but bytes. */
export function isWalkEnough({ fields }: DescMessage): boolean {
  return fields.every(({ scalar, oneof }) => scalar === ScalarType.BYTES && oneof === undefined)
}

/** The budget of one transaction. */
export function newBudget(): FieldBudget {
  return { fields: MAX_FIELDS, text: MAX_TEXT }
}

type Shape = {
  readonly wireType: number
  readonly isList: boolean
  readonly isPacked: boolean
  readonly isText: boolean
  readonly isLeftOutWhenEmpty: boolean
  readonly message: DescMessage | undefined
}
type Shapes = ReadonlyMap<number, Shape>
/** A message that is being read: its fields, where it ends, and the number of the field before. */
type Frame = { readonly shapes: Shapes; readonly end: number; last: number }
/** A varint's value as far as it is exact, and the place after it. */
type Varint = { readonly value: number; readonly at: number }

/**
 * Walks over the bytes of a message along its schema without building anything, and says the first thing that is wrong:
 * a field that the schema does not have, of another wire type or out of order, a group, a padded or overlong varint, a
 * length beyond the end, more nesting or fields than allowed. Takes time linear in the bytes, and memory for the depth.
 */
export function scanMessage(schema: DescMessage, bytes: Uint8Array, budget: FieldBudget): WireFault | undefined {
  const stack: Frame[] = [{ shapes: shapesOf(schema), end: bytes.length, last: 0 }]
  let at = 0
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    if (at === frame.end) {
      stack.pop()
      continue
    }
    budget.fields -= 1
    if (budget.fields < 0) return { kind: 'tooMany', reason: `more than ${MAX_FIELDS} fields` }
    const tag = readVarint(bytes, at, frame.end)
    if ('kind' in tag) return tag
    const number = Math.floor(tag.value / 8)
    const shape = frame.shapes.get(number)
    const fault = faultOfTag(frame, number, tag.value % 8, shape)
    if (fault !== undefined || shape === undefined) return fault
    frame.last = number
    const body = readBody(bytes, tag.at, frame.end, shape)
    if ('kind' in body) return body
    at = body.end
    if (body.start === body.end && shape.isLeftOutWhenEmpty) {
      return { kind: 'foreign', reason: `its field ${number} is empty, and should be left out` }
    }
    if (shape.isText) {
      budget.text -= body.end - body.start
      if (budget.text < 0) return { kind: 'tooMany', reason: `more than ${MAX_TEXT} bytes of text` }
    } else if (shape.isPacked) {
      const packed = scanPacked(bytes, body.start, body.end, budget)
      if (packed !== undefined) return packed
    } else if (shape.message !== undefined) {
      if (stack.length >= MAX_DEPTH) return { kind: 'tooDeep', reason: `more than ${MAX_DEPTH} messages in each other` }
      stack.push({ shapes: shapesOf(shape.message), end: body.end, last: 0 })
      at = body.start
    }
  }
  return undefined
}

function faultOfTag(frame: Frame, number: number, wireType: number, shape: Shape | undefined): WireFault | undefined {
  if (wireType === 3 || wireType === 4) return { kind: 'broken', reason: 'it has a group, which proto3 does not have' }
  if (wireType > 5 || number === 0) return { kind: 'broken', reason: `it has a field ${number} of type ${wireType}` }
  if (shape === undefined) return { kind: 'foreign', reason: `it has an unknown field ${number}` }
  if (wireType !== shape.wireType) {
    return { kind: 'foreign', reason: `its field ${number} is of wire type ${wireType}, not ${shape.wireType}` }
  }
  if (number < frame.last) return { kind: 'foreign', reason: `its field ${number} stands after field ${frame.last}` }
  if (number === frame.last && (!shape.isList || shape.isPacked)) {
    return { kind: 'foreign', reason: `its field ${number} stands twice` }
  }
  return undefined
}

type Body = { readonly start: number; readonly end: number }

/** Where a field's content begins and ends. */
function readBody(bytes: Uint8Array, at: number, end: number, { wireType }: Shape): Body | WireFault {
  if (wireType === 0) {
    const varint = readVarint(bytes, at, end)
    return 'kind' in varint ? varint : { start: at, end: varint.at }
  }
  if (wireType !== 2) return bounded(at, wireType === 1 ? 8 : 4, end)
  const length = readVarint(bytes, at, end)
  return 'kind' in length ? length : bounded(length.at, length.value, end)
}

function bounded(start: number, length: number, end: number): Body | WireFault {
  if (length <= end - start) return { start, end: start + length }
  return { kind: 'broken', reason: 'a field promises more bytes than there are' }
}

/** Every element of a packed list counts as a field, so that few bytes cannot become much memory. */
function scanPacked(bytes: Uint8Array, start: number, end: number, budget: FieldBudget): WireFault | undefined {
  for (let at = start; at < end; ) {
    budget.fields -= 1
    if (budget.fields < 0) return { kind: 'tooMany', reason: `more than ${MAX_FIELDS} fields` }
    const element = readVarint(bytes, at, end)
    if ('kind' in element) return element
    at = element.at
  }
  return undefined
}

/** Reads a varint of at most ten bytes, 64 bits, without padding; above 2^53 its value is near enough to compare. */
function readVarint(bytes: Uint8Array, at: number, end: number): Varint | WireFault {
  let value = 0
  let scale = 1
  for (let i = 0; i < 10; i++) {
    const byte = at + i < end ? bytes[at + i] : undefined
    if (byte === undefined) return { kind: 'broken', reason: 'it ends within a varint' }
    value += (byte & 0x7f) * scale
    scale *= 128
    if (byte >= 0x80) continue
    if (i > 0 && byte === 0) return { kind: 'foreign', reason: 'it has a padded varint' }
    if (i === 9 && byte > 1) return { kind: 'broken', reason: 'it has a varint of more than 64 bits' }
    return { value, at: at + i + 1 }
  }
  return { kind: 'broken', reason: 'it has a varint of more than 10 bytes' }
}

const known = new Map<string, Shapes>()

function shapesOf(schema: DescMessage): Shapes {
  const before = known.get(schema.typeName)
  if (before !== undefined) return before
  const shapes = new Map(schema.fields.map((field) => [field.number, shapeOf(field)]))
  known.set(schema.typeName, shapes)
  return shapes
}

function shapeOf(field: DescField): Shape {
  const isList = field.fieldKind === 'list'
  const isPacked = isList && field.packed
  const wireType = isPacked || field.message !== undefined ? 2 : wireTypeOf(field.scalar)
  // No schema of the protocol has a map or a packed list of fixed width; decodeCanonical.test.ts walks over all of them.
  const isText = field.scalar === ScalarType.STRING
  const isLeftOutWhenEmpty = isPacked || (!isList && field.presence === FeatureSet_FieldPresence.IMPLICIT)
  return { wireType, isList, isPacked, isText, isLeftOutWhenEmpty, message: field.message }
}

function wireTypeOf(scalar: ScalarType | undefined): number {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return 2
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return 1
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return 5
    default:
      return 0
  }
}
