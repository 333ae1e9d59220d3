import { type DescEnum, type DescField, ScalarType } from '@bufbuild/protobuf'
import { fromBase64 } from '@starling/protocol/bytes/base64'
import { QueryError } from '../../app/queryError.ts'

type Reader = { readonly expected: string; readonly read: (text: string) => unknown }

/** The values of a repeated field. Throws a `QueryError` that says what was expected and what came. */
export function readField(field: DescField, name: string, texts: readonly string[]): unknown[] {
  const reader = readerOf(field, name)
  return texts.map((text) => readText(reader, name, text))
}

/** The value of a field that is given once. */
export function readSingle(field: DescField, name: string, texts: readonly string[]): unknown {
  const [text = '', ...more] = texts
  if (more.length > 0) throw refused(`${name} is one value, but is given ${texts.length} times; give it once`)
  return readText(readerOf(field, name), name, text)
}

function readText({ read, expected }: Reader, name: string, text: string): unknown {
  const value = read(text)
  if (value !== undefined) return value
  const got = text === '' ? 'nothing' : `"${text.slice(0, 80)}"`
  throw refused(`${name} must be ${expected}, got ${got}`)
}

function readerOf(field: DescField, name: string): Reader {
  if (field.enum !== undefined) return enumReader(field.enum)
  const { scalar } = field
  if (scalar === undefined || field.fieldKind === 'map') {
    const inner = field.message?.fields[0]?.name ?? 'key'
    throw refused(`${name} has fields of its own; give them one by one, for example ${name}.${inner}`)
  }
  const ints = wholeNumbers[scalar]
  if (ints !== undefined) return wholeReader(...ints)
  return others[scalar] ?? others[ScalarType.STRING]
}

const two = (power: bigint): bigint => 2n ** power
const int64 = [-two(63n), two(63n) - 1n, true] as const
const uint64 = [0n, two(64n) - 1n, true] as const
const int32 = [-two(31n), two(31n) - 1n, false] as const
const uint32 = [0n, two(32n) - 1n, false] as const

const wholeNumbers: { readonly [S in ScalarType]?: readonly [bigint, bigint, boolean] } = {
  [ScalarType.INT64]: int64,
  [ScalarType.SINT64]: int64,
  [ScalarType.SFIXED64]: int64,
  [ScalarType.UINT64]: uint64,
  [ScalarType.FIXED64]: uint64,
  [ScalarType.INT32]: int32,
  [ScalarType.SINT32]: int32,
  [ScalarType.SFIXED32]: int32,
  [ScalarType.UINT32]: uint32,
  [ScalarType.FIXED32]: uint32,
}

/** Numbers may stand in double quotes, as in proto JSON. */
const unquoted = (text: string): string => /^"(.*)"$/s.exec(text)?.[1] ?? text

function wholeReader(least: bigint, most: bigint, isBig: boolean): Reader {
  return {
    expected: `a whole number from ${least} to ${most}`,
    read(text) {
      const digits = unquoted(text)
      if (!/^-?\d{1,20}$/.test(digits)) return undefined
      const value = BigInt(digits)
      if (value < least || value > most) return undefined
      return isBig ? value : Number(value)
    },
  }
}

const numbers: Reader = {
  expected: 'a finite number such as 0.5',
  read(text) {
    const digits = unquoted(text)
    const value = Number(digits)
    return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(digits) && Number.isFinite(value) ? value : undefined
  },
}

const others: { readonly [S in ScalarType]?: Reader } & { readonly [ScalarType.STRING]: Reader } = {
  [ScalarType.STRING]: { expected: 'a text', read: (text) => text },
  [ScalarType.BOOL]: {
    expected: 'true or false',
    read: (text) => (/^(true|1)$/i.test(text) ? true : /^(false|0)$/i.test(text) ? false : undefined),
  },
  [ScalarType.BYTES]: {
    expected: 'bytes in base64',
    read(text) {
      const standard = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll(' ', '+')
      return fromBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='))
    },
  },
  [ScalarType.DOUBLE]: numbers,
  [ScalarType.FLOAT]: numbers,
}

function enumReader({ values }: DescEnum): Reader {
  return {
    expected: `one of ${values.map(({ name, number }) => `${name} (${number})`).join(', ')}`,
    read: (text) => values.find(({ name, number }) => name === text || String(number) === text)?.number,
  }
}

function refused(sentence: string): QueryError {
  return new QueryError('INVALID_ARGUMENT', sentence)
}
