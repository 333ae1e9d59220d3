/** A row of whole numbers below a bound, the same for a seed on every engine. */
export function createDice(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

/** The same entries in an order that the dice decide. */
export function shuffled<T>(list: readonly T[], roll: (bound: number) => number): T[] {
  const rest = [...list]
  return Array.from(list, () => rest.splice(roll(rest.length), 1)).flat()
}
