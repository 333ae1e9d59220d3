import { concatBytes } from '../../bytes/concatBytes.ts'
import { toUtf8 } from '../../bytes/utf8.ts'
import { sha256 } from '../../crypto/sha256.ts'
import type { Existence } from '../ics23/decodeProof.ts'
import type { InnerStep } from '../ics23/treeSpec.ts'
import { protoFields } from '../protoFields.ts'

/** Which kind of tree a test makes. */
export type Kind = 'iavl' | 'simple'

/** A tree of a test: its root, and the proof of each of its keys, in order. */
export type TestTree = { readonly root: Uint8Array; readonly proofs: readonly Existence[] }

type Half = { readonly root: Uint8Array; readonly height: number; readonly proofs: readonly Existence[] }

/** A tree over sorted entries, halved at the place that `cut` names, with the hashes of the real trees. */
export function testTree(
  kind: Kind,
  entries: readonly (readonly [string, Uint8Array])[],
  cut = (size: number): number => Math.ceil(size / 2),
): TestTree {
  const [first] = entries
  if (first === undefined) return { root: sha256(new Uint8Array()), proofs: [] }
  return build(kind, entries, cut)
}

function build(kind: Kind, entries: readonly (readonly [string, Uint8Array])[], cut: (size: number) => number): Half {
  const [first] = entries
  if (first === undefined) throw new Error('A half of a tree has entries.')
  if (entries.length === 1) return leafOf(kind, first)
  const at = cut(entries.length)
  const left = build(kind, entries.slice(0, at), cut)
  const right = build(kind, entries.slice(at), cut)
  const height = Math.max(left.height, right.height) + 1
  const start = kind === 'simple' ? [1] : [2 * height, ...zigzag(entries.length), ...zigzag(70 + height)]
  const childStart = kind === 'simple' ? [] : [32]
  const node = Uint8Array.of(...start, ...childStart)
  const leftStep = { hash: 1, prefix: node, suffix: Uint8Array.of(...childStart, ...right.root) }
  const rightStep = {
    hash: 1,
    prefix: concatBytes(node, left.root, Uint8Array.of(...childStart)),
    suffix: new Uint8Array(),
  }
  const grow = (half: Half, step: InnerStep): readonly Existence[] =>
    half.proofs.map((proof) => ({ ...proof, path: [...proof.path, step] }))
  return {
    root: sha256(concatBytes(node, left.root, leftStep.suffix)),
    height,
    proofs: [...grow(left, leftStep), ...grow(right, rightStep)],
  }
}

function leafOf(kind: Kind, [name, value]: readonly [string, Uint8Array]): Half {
  const prefix = kind === 'simple' ? Uint8Array.of(0) : Uint8Array.of(0, 2, ...zigzag(70))
  const key = toUtf8(name)
  const part = (bytes: Uint8Array): Uint8Array => protoFields().message(1, bytes).done().subarray(1)
  const leaf = { hash: 1, prehashKey: 0, prehashValue: 1, length: 1, prefix }
  const root = sha256(concatBytes(prefix, part(key), part(sha256(value))))
  return { root, height: 0, proofs: [{ key, value, leaf, path: [] }] }
}

function zigzag(value: number): readonly number[] {
  return value < 64 ? [2 * value] : [((2 * value) % 128) + 128, Math.floor((2 * value) / 128)]
}
