/** Larger numbers would overflow when their errors are squared twice; nothing real is so large. */
export const LARGEST = 1e40

/** The number itself, or ±1e40 where it is larger. */
export function held(value: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, value))
}
