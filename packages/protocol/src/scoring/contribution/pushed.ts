/**
 * The list with one more at its end, of which the last `most` are kept.
 *
 * PERF: a copy that grows is allocated twice; a full list is shifted in its copy instead.
 */
export function pushed<T>(list: readonly T[], added: T, most: number): readonly T[] {
  if (list.length < most) {
    const kept = list.slice()
    kept.push(added)
    return kept
  }
  const kept = list.slice(list.length - most)
  for (let i = 1; i < most; i += 1) kept[i - 1] = kept[i] ?? added
  kept[most - 1] = added
  return kept
}
