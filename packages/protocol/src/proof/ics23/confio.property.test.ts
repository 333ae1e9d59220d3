import { iavlSpec, ics23, tendermintSpec, verifyMembership, verifyNonMembership } from '@confio/ics23'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, equalBytes } from '../../bytes/compareBytes.ts'
import { toUtf8 } from '../../bytes/utf8.ts'
import { ProofError } from '../proofError.ts'
import { encodeProof } from '../testing/encodeProof.ts'
import { type Kind, testTree } from '../testing/testTree.ts'
import { absenceRoot } from './absenceRoot.ts'
import { type CommitmentProof, decodeProof, type Existence } from './decodeProof.ts'
import { existenceRoot } from './existenceRoot.ts'
import { type InnerStep, iavlTree, simpleTree } from './treeSpec.ts'

const specs = { iavl: iavlSpec, simple: tendermintSpec }
const trees = { iavl: iavlTree, simple: simpleTree }

/** What a client asks of a proof: this value for this key, or none, under this root. */
type Claim = { readonly key: Uint8Array; readonly value: Uint8Array | undefined; readonly root: Uint8Array }

function acceptsOurs(kind: Kind, bytes: Uint8Array, { key, value, root }: Claim): boolean {
  try {
    const proof = decodeProof(bytes)
    if (value === undefined) {
      return proof.kind === 'absence' && equalBytes(absenceRoot(trees[kind], key, proof.absence), root)
    }
    if (proof.kind === 'absence') return false
    const { existence } = proof
    const isAsked = equalBytes(existence.key, key) && equalBytes(existence.value, value)
    return isAsked && equalBytes(existenceRoot(trees[kind], existence), root)
  } catch (error) {
    if (error instanceof ProofError) return false
    throw error
  }
}

function acceptsConfio(kind: Kind, bytes: Uint8Array, { key, value, root }: Claim): boolean {
  try {
    const proof = ics23.CommitmentProof.decode(bytes)
    return value === undefined
      ? verifyNonMembership(proof, specs[kind], root, key)
      : verifyMembership(proof, specs[kind], root, key, value)
  } catch {
    return false
  }
}

const kinds = fc.constantFrom<Kind>('iavl', 'simple')
const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 })
const value = fc.uint8Array({ minLength: 1, maxLength: 5 })
const entriesOf = fc
  .uniqueArray(fc.tuple(name, value), { minLength: 1, maxLength: 12, selector: ([key]) => key })
  .map((list) => list.toSorted(([x], [y]) => compareBytes(toUtf8(x), toUtf8(y))))

/** A tree, its entries and a key that may be in it. */
const cases = fc.tuple(kinds, entriesOf, name, fc.nat()).map(([kind, entries, asked, seed]) => {
  const tree = testTree(kind, entries, (size) => 1 + ((seed + size * 7) % (size - 1)))
  return { kind, tree, key: toUtf8(asked) }
})

/** The honest proof for a key: its value, or the neighbours of its place. */
function honest(proofs: readonly Existence[], key: Uint8Array): CommitmentProof {
  const existence = proofs.find((proof) => equalBytes(proof.key, key))
  if (existence !== undefined) return { kind: 'existence', existence }
  const left = proofs.filter((proof) => compareBytes(proof.key, key) < 0).at(-1)
  const right = proofs.find((proof) => compareBytes(proof.key, key) > 0)
  return { kind: 'absence', absence: { key, left, right } }
}

/** Any two entries as neighbours, true or not, and any change of one step. */
const anyStep = fc.record({
  hash: fc.constantFrom(0, 1, 2),
  prefix: fc.uint8Array({ maxLength: 50 }),
  suffix: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(new Uint8Array(32), new Uint8Array(33))),
})

function withStep(existence: Existence, at: number, step: InnerStep, mode: number): Existence {
  const { path } = existence
  const place = path.length === 0 ? 0 : at % path.length
  if (mode === 0) return { ...existence, path: [...path.slice(0, place), ...path.slice(place + 1)] }
  if (mode === 1) return { ...existence, path: [...path.slice(0, place), step, ...path.slice(place)] }
  return { ...existence, path: path.map((old, i) => (i === place ? { ...old, suffix: step.suffix } : old)) }
}

describe('beside @confio/ics23', () => {
  it('honest proofs are accepted by both', () => {
    fc.assert(
      fc.property(cases, ({ kind, tree, key }) => {
        const proof = honest(tree.proofs, key)
        const claimed = proof.kind === 'existence' ? proof.existence.value : undefined
        const claim = { key, value: claimed, root: tree.root }
        const bytes = encodeProof(proof)
        expect(decodeProof(bytes)).toEqual(proof)
        expect([acceptsOurs(kind, bytes, claim), acceptsConfio(kind, bytes, claim)]).toEqual([true, true])
      }),
      { numRuns: 500 },
    )
  })

  it('any two entries given as neighbours get the same verdict', () => {
    const index = fc.option(fc.nat(11), { nil: undefined })
    fc.assert(
      fc.property(cases, index, index, ({ kind, tree, key }, l, r) => {
        const [left, right] = [l, r].map((i) => (i === undefined ? undefined : tree.proofs[i]))
        // Without neighbours ICS-23 has no proof; ours is that of an empty tree, which has another root.
        const bytes = encodeProof({ kind: 'absence', absence: { key, left, right } })
        const claim = { key, value: undefined, root: tree.root }
        expect(acceptsOurs(kind, bytes, claim)).toBe(acceptsConfio(kind, bytes, claim))
      }),
      { numRuns: 2000 },
    )
  })

  it('a flipped bit anywhere, or another claim, gets no acceptance that confio refuses', () => {
    let accepted = 0
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(7), fc.boolean(), ({ kind, tree, key }, at, bit, isOther) => {
        const proof = honest(tree.proofs, key)
        const bytes = encodeProof(proof)
        const changed = isOther ? bytes : bytes.map((byte, i) => (i === at % bytes.length ? byte ^ (1 << bit) : byte))
        const asked = isOther ? toUtf8('ab') : key
        const claimed = proof.kind === 'existence' ? proof.existence.value : undefined
        const claim = { key: asked, value: claimed, root: tree.root }
        const ours = acceptsOurs(kind, changed, claim)
        if (ours) accepted += 1
        if (ours) expect(acceptsConfio(kind, changed, claim)).toBe(true)
      }),
      { numRuns: 2000 },
    )
    expect(accepted).toBeGreaterThan(0)
  })

  it('a path of other steps is accepted only where confio accepts it under the root that it leads to', () => {
    fc.assert(
      fc.property(cases, fc.nat(), anyStep, fc.nat(2), ({ kind, tree }, at, step, mode) => {
        const first = tree.proofs[at % tree.proofs.length]
        if (first === undefined) throw new Error('A tree has entries.')
        const existence = withStep(first, at, step, mode)
        let root: Uint8Array
        try {
          root = existenceRoot(trees[kind], existence)
        } catch (error) {
          if (error instanceof ProofError) return
          throw error
        }
        const claim = { key: existence.key, value: existence.value, root }
        expect(acceptsConfio(kind, encodeProof({ kind: 'existence', existence }), claim)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
