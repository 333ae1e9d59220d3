import { formatFields, formatVarint } from './wireTree.mjs'

const WHOLES = [0n, 1n, 2n, 5n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n]
const TEXTS = [
  ...['', '-1', '-0', '0', '1', '1.5', '1e3', '1e308', '1e-2147483648', '1e999999999', 'NaN', 'Infinity', ' 1', '0x10'],
  ...[
    '9'.repeat(400),
    '1'.padEnd(80, '0'),
    `0.${'3'.repeat(400)}`,
    (2n ** 256n - 1n).toString(),
    (2n ** 63n).toString(),
  ],
  ...['uallo', 'allo1', '\u0000', '\ufeff1', '../x', '__proto__', 'true', 'mse', 'attested', 'x'.repeat(5000), '١'],
].map((text) => new Uint8Array(Buffer.from(text)))

/** All lists of fields in a tree, the outermost first. */
function listsOf(fields) {
  return [fields, ...fields.flatMap(({ inner }) => (inner === undefined ? [] : listsOf(inner)))]
}

const copy = (fields) =>
  fields.map((field) => (field.inner === undefined ? { ...field } : { ...field, inner: copy(field.inner) }))

/** One to four changes somewhere in a tree of fields; `others` are trees that parts are taken from. */
export function mutateFields(random, fields, others) {
  const changed = copy(fields)
  for (let count = 1 + random.below(random.chance(0.7) ? 1 : 4); count > 0; count -= 1) {
    const lists = listsOf(changed).filter((list) => list.length > 0)
    if (lists.length === 0) return changed
    const list = random.pick(lists)
    const i = random.below(list.length)
    list.splice(i, 1, ...copy(random.pick(CHANGES)({ random, field: list[i], list, others })))
  }
  return changed
}

const bytesOf = (field) => field.bytes ?? (field.inner === undefined ? undefined : formatFields(field.inner))

/** The same field with another value. */
function changeValue({ random, field }) {
  if (field.type === 0) {
    const near = field.value + BigInt(random.below(5) - 2)
    return [{ ...field, value: random.chance(0.5) ? BigInt.asUintN(64, near) : random.pick(WHOLES) }]
  }
  const { number, type } = field
  if (field.inner === undefined && random.chance(0.7)) return [{ ...field, bytes: random.pick(TEXTS) }]
  const bytes = Uint8Array.from(bytesOf(field))
  if (bytes.length > 0) bytes[random.below(bytes.length)] ^= 1 << random.below(8)
  return [{ number, type, bytes }]
}

const partOf = (random, others) => random.pick(listsOf(random.pick(others)))

/** What may stand in place of a field; most often another value, as that gets furthest. */
const CHANGES = [
  ...new Array(10).fill(changeValue),
  () => [],
  ({ random, field }) => Array.from({ length: 2 + random.below(3) }, () => field),
  ({ random, field, list }) => [random.pick(list), field],
  ({ random, field }) => [{ ...field, number: 1 + random.below(random.chance(0.9) ? 20 : 2 ** 29 - 1) }],
  ({ random, field }) => [{ ...field, pad: 1 + random.below(9) }],
  ({ random, field }) => [{ ...field, longer: random.pick([-1, 1, 200, 2 ** 31]) }],
  ({ random, field: { number } }) => [{ number, type: 0, value: random.pick(WHOLES) }],
  ({ random, field: { number } }) => [{ number, type: 2, bytes: random.pick(TEXTS) }],
  ({ random, field: { number } }) => [{ number, type: 2, bytes: packed(random) }],
  ({ field: { number } }) => [{ number, type: 1, bytes: new Uint8Array(8).fill(0xff) }],
  ({ field }) => [{ number: field.number, type: 2, inner: [field] }],
  ({ field: { number }, list }) => [{ number, type: 2, inner: list.slice(0, 6) }],
  ({ field }) => [field, { ...GROUP, number: field.number }],
  ({ random, field, others }) => [field, ...partOf(random, others).slice(0, 4)],
  ({ random, field, others }) =>
    partOf(random, others)
      .slice(0, 1)
      .map((part) => ({ ...part, number: field.number })),
]
const GROUP = { type: 3, bytes: new Uint8Array() }

function packed(random) {
  const element = formatVarint(random.pick(WHOLES))
  return new Uint8Array(Buffer.concat(Array.from({ length: random.below(300) }, () => element)))
}

/** One change of bytes: a bit, a cut, an insertion, a repetition, or the end of another input. */
export function mutateBytes(random, bytes, others) {
  const at = random.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + 1 + random.below(40))
  const join = (...parts) => new Uint8Array(Buffer.concat(parts))
  switch (random.below(6)) {
    case 0: {
      const changed = Uint8Array.from(bytes)
      for (let n = 1 + random.below(3); n > 0 && bytes.length > 0; n -= 1)
        changed[random.below(bytes.length)] ^= 1 << random.below(8)
      return changed
    }
    case 1:
      return bytes.slice(0, at)
    case 2:
      return join(bytes.subarray(0, at), bytes.subarray(to))
    case 3:
      return join(bytes.subarray(0, to), bytes.subarray(at))
    case 4: {
      const noise = Uint8Array.from({ length: 1 + random.below(20) }, () => random.below(256))
      return join(bytes.subarray(0, at), noise, bytes.subarray(at))
    }
    default: {
      const other = random.pick(others)
      return join(bytes.subarray(0, at), other.subarray(random.below(other.length)))
    }
  }
}
