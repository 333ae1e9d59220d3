import { compareNumbers as compare } from '../../packages/protocol/src/scoring/testing/compareNumbers.ts'
import { createDigest } from './bits.ts'

/** Every value that a vector's case gave, bit by bit. */
export const computed = createDigest()

/** Compares as the tests do, and keeps the bits of what was computed. */
export function compareNumbers(actual: unknown, expected: unknown, absolute?: number): readonly string[] {
  computed.add(actual)
  return compare(actual, expected, absolute)
}
