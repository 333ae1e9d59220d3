import { describe, expect, it } from 'vitest'
import { toUtf8 } from '../bytes/utf8.ts'
import type { Absence } from './ics23/decodeProof.ts'
import { ProofError } from './proofError.ts'
import { encodeProof } from './testing/encodeProof.ts'
import { testTree } from './testing/testTree.ts'
import { type StoreClaim, verifyStoreValue } from './verifyStoreValue.ts'

const names = ['b', 'd', 'f', 'h', 'j']
const state = testTree(
  'iavl',
  names.map((name) => [name, toUtf8(`value of ${name}`)]),
)
const empty = testTree('iavl', [])
const app = testTree('simple', [
  ['bank', toUtf8('another root')],
  ['empty', empty.root],
  ['topics', state.root],
])

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('The fixture has no such entry.')
  return value
}
const storeOp = (index: number): StoreClaim['ops'][number] => {
  const existence = found(app.proofs[index])
  return { type: 'ics23:simple', key: existence.key, data: encodeProof({ kind: 'existence', existence }) }
}

function present(index: number): StoreClaim {
  const existence = found(state.proofs[index])
  const op = { type: 'ics23:iavl', key: existence.key, data: encodeProof({ kind: 'existence', existence }) }
  return { appHash: app.root, store: 'topics', key: existence.key, value: existence.value, ops: [op, storeOp(2)] }
}

function absent(name: string, left: number | undefined, right: number | undefined, store = 2): StoreClaim {
  const key = toUtf8(name)
  const at = (index: number | undefined): Absence['left'] => (index === undefined ? undefined : state.proofs[index])
  const absence = { key, left: at(left), right: at(right) }
  const op = { type: 'ics23:iavl', key, data: encodeProof({ kind: 'absence', absence }) }
  const names = ['bank', 'empty', 'topics']
  return { appHash: app.root, store: found(names[store]), key, value: undefined, ops: [op, storeOp(store)] }
}

const codeOf = (claim: StoreClaim): string => {
  try {
    verifyStoreValue(claim)
    return 'accepted'
  } catch (error) {
    if (error instanceof ProofError) return error.code
    throw error
  }
}

describe('a value with a proof', () => {
  it('is accepted for every key', () => {
    expect(names.map((_, index) => codeOf(present(index)))).toEqual(names.map(() => 'accepted'))
  })

  it('is refused with its own code for each lie', () => {
    const claim = present(1)
    const [ofKey, ofStore] = claim.ops
    expect(codeOf({ ...claim, value: toUtf8('another') })).toBe('WRONG_VALUE')
    expect(codeOf({ ...claim, key: toUtf8('b') })).toBe('WRONG_KEY')
    expect(codeOf({ ...claim, store: 'bank' })).toBe('WRONG_KEY')
    expect(codeOf({ ...claim, ops: [{ ...found(ofKey), key: toUtf8('b') }, found(ofStore)] })).toBe('WRONG_KEY')
    expect(codeOf({ ...claim, key: toUtf8('b'), ops: [{ ...found(ofKey), key: toUtf8('b') }, found(ofStore)] })).toBe(
      'WRONG_KEY',
    )
    expect(codeOf({ ...claim, appHash: state.root })).toBe('WRONG_APP_HASH')
    expect(codeOf({ ...claim, store: 'bank', ops: [found(ofKey), storeOp(0)] })).toBe('BAD_PROOF')
    expect(codeOf({ ...claim, value: undefined })).toBe('NOT_ABSENT')
    expect(codeOf({ ...claim, ops: [found(ofKey)] })).toBe('MALFORMED')
    expect(codeOf({ ...claim, ops: [found(ofStore), found(ofKey)] })).toBe('MALFORMED')
    expect(codeOf({ ...claim, ops: [{ ...found(ofKey), data: toUtf8('no proof') }, found(ofStore)] })).toBe('MALFORMED')
    expect(codeOf({ ...claim, ops: [{ ...found(ofKey), data: new Uint8Array() }, found(ofStore)] })).toBe('MALFORMED')
  })

  it('is refused when value and proof are altered together', () => {
    const existence = { ...found(state.proofs[1]), value: toUtf8('another') }
    const data = encodeProof({ kind: 'existence', existence })
    const claim = present(1)
    const ops = [{ ...found(claim.ops[0]), data }, storeOp(2)]
    expect(codeOf({ ...claim, value: existence.value, ops })).toBe('BAD_PROOF')
  })
})

describe('an absence', () => {
  it('is proven between neighbours, before the first, behind the last and in an empty store', () => {
    expect(codeOf(absent('c', 0, 1))).toBe('accepted')
    expect(codeOf(absent('g', 2, 3))).toBe('accepted')
    expect(codeOf(absent('a', undefined, 0))).toBe('accepted')
    expect(codeOf(absent('z', 4, undefined))).toBe('accepted')
    expect(codeOf(absent('a', undefined, undefined, 1))).toBe('accepted')
  })

  it('is refused where an entry is passed over, and where the key is there', () => {
    expect(codeOf(absent('c', 0, 2))).toBe('NOT_ABSENT')
    expect(codeOf(absent('d', 0, 2))).toBe('NOT_ABSENT')
    expect(codeOf(absent('d', 1, 2))).toBe('NOT_ABSENT')
    expect(codeOf(absent('d', 0, 1))).toBe('NOT_ABSENT')
    expect(codeOf(absent('c', 1, 0))).toBe('NOT_ABSENT')
    expect(codeOf(absent('a', undefined, 1))).toBe('NOT_ABSENT')
    expect(codeOf(absent('z', 3, undefined))).toBe('NOT_ABSENT')
    expect(codeOf(absent('c', undefined, undefined))).toBe('BAD_PROOF')
    expect(codeOf({ ...absent('c', 0, 1), value: toUtf8('x') })).toBe('BAD_PROOF')
    expect(codeOf({ ...absent('c', 0, 1), key: toUtf8('d') })).toBe('WRONG_KEY')
  })
})
