/** Moves the k-th smallest to place k, smaller ones before it; Hoare's selection with the middle element as pivot. */
function select(values: number[], k: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[Math.floor((low + high) / 2)] ?? 0
    let i = low
    let j = high
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1
      while ((values[j] ?? 0) > pivot) j -= 1
      if (i <= j) {
        const swapped = values[i] ?? 0
        values[i] = values[j] ?? 0
        values[j] = swapped
        i += 1
        j -= 1
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] ?? 0
}

/** The median as `num/median` has it, for long lists of finite numbers: linear on average instead of a sort. */
export function selectMedian(values: readonly number[]): number {
  if (values.length === 0) return 0
  const scratch = values.slice()
  const half = Math.floor(scratch.length / 2)
  const upper = select(scratch, half)
  if (scratch.length % 2 === 1) return upper
  let lower = scratch[0] ?? 0
  for (let i = 1; i < half; i += 1) lower = Math.max(lower, scratch[i] ?? 0)
  return (lower + upper) / 2
}
