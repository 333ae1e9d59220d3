/**
 * The k-th smallest of finite numbers (k from 0), moved to place k of the list, with none above it before and none below it
 * behind; 0 beyond the list. Hoare's selection with the middle element as pivot: linear on average.
 */
export function selectRank(values: number[], k: number): number {
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
