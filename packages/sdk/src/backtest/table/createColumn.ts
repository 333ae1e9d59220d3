/** A growing list of doubles that costs 8 bytes a number. */
export type Column = { readonly push: (value: number) => void; readonly toArray: () => Float64Array }

const FIRST_SIZE = 256

/** An empty column. `toArray` gives exactly what was pushed. */
export function createColumn(): Column {
  let numbers = new Float64Array(FIRST_SIZE)
  let size = 0
  return {
    push: (value) => {
      if (size === numbers.length) {
        const larger = new Float64Array(2 * size)
        larger.set(numbers)
        numbers = larger
      }
      numbers[size] = value
      size += 1
    },
    toArray: () => numbers.slice(0, size),
  }
}
