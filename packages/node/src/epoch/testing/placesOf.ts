import { type DescField, ScalarType } from '@bufbuild/protobuf'
import { isReflectMessage, type ReflectMessage } from '@bufbuild/protobuf/reflect'

/** A place of a message, and how to change what stands there. */
export type Place = { readonly path: string; readonly flip: () => void }

/** Every scalar that a message holds, each with a flip of one digit or bit. */
export function placesOf(message: ReflectMessage, prefix = ''): readonly Place[] {
  return message.fields.flatMap((field): readonly Place[] => {
    const path = prefix + field.localName
    if (field.fieldKind === 'message') return message.isSet(field) ? placesOf(message.get(field), `${path}.`) : []
    if (field.fieldKind !== 'list') {
      return [{ path, flip: () => message.set(field, flipped(message.get(field), field) as never) }]
    }
    const list = message.get(field)
    return Array.from(list).flatMap((item, i) =>
      isReflectMessage(item)
        ? placesOf(item, `${path}[${i}].`)
        : [{ path: `${path}[${i}]`, flip: () => list.set(i, flipped(item, field) as never) }],
    )
  })
}

function flipped(value: unknown, { scalar }: DescField): unknown {
  if (typeof value === 'number' && scalar !== ScalarType.DOUBLE) return value + 1
  if (typeof value === 'number') return value === 0 ? 1 : value * (1 + 2 ** -52)
  if (typeof value === 'bigint') return value + 1n
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string') return value.endsWith('1') ? `${value.slice(0, -1)}2` : `${value.slice(0, -1)}1`
  if (value instanceof Uint8Array) {
    const bytes = value.length === 0 ? new Uint8Array(1) : value.slice()
    bytes[0] = (bytes[0] ?? 0) ^ 1
    return bytes
  }
  throw new Error('a kind of field without a digit')
}
