import type { LeafAt } from './listLeaves.ts'
import type { Leaf, Mismatch } from './types.ts'

/** How many stored values were compared, and which are not the recomputed ones. */
export type Comparison = { readonly compared: number; readonly mismatches: readonly Mismatch[] }

/** Compares leaf by leaf, numbers bit for bit; a leaf that only one side has is a mismatch with `null`. */
export function compareLeaves(stored: readonly LeafAt[], recomputed: readonly LeafAt[]): Comparison {
  const theirs = byPath(stored)
  const ours = byPath(recomputed)
  const paths = [
    ...stored.map(({ path }) => path),
    ...recomputed.flatMap(({ path }) => (theirs.has(path) ? [] : [path])),
  ]
  const mismatches = paths.flatMap((field): readonly Mismatch[] => {
    const [a, b] = [theirs.get(field) ?? null, ours.get(field) ?? null]
    return Object.is(a, b) ? [] : [{ field, stored: a, recomputed: b }]
  })
  return { compared: paths.length, mismatches }
}

/** One value under a name. */
export function compareLeaf(field: string, stored: Leaf, recomputed: Leaf): Comparison {
  return { compared: 1, mismatches: Object.is(stored, recomputed) ? [] : [{ field, stored, recomputed }] }
}

/** Several comparisons as one. */
export function joinComparisons(parts: readonly Comparison[]): Comparison {
  return {
    compared: parts.reduce((total, { compared }) => total + compared, 0),
    mismatches: parts.flatMap(({ mismatches }) => mismatches),
  }
}

function byPath(leaves: readonly LeafAt[]): ReadonlyMap<string, Leaf> {
  return new Map(leaves.map(({ path, leaf }) => [path, leaf]))
}
