/** Fraction of the golden ratio: steps of it spread evenly over a circle, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * An order of things by their sizes in which every stretch holds small and large alike: the order they came in tells
 * nothing, and what is left of them when the older ones are forgotten keeps its shape. Sizes that are equal keep the
 * order they came in.
 */
export function mixedOrder(sizes: readonly number[]): readonly number[] {
  return Array.from(sizes.keys())
    .toSorted((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0))
    .map((at, rank) => ({ at, place: (rank * GOLDEN) % 1 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ at }) => at)
}
