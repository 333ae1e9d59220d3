import { createHash } from 'node:crypto'

const BITS = 48
const RANGE = 2 ** BITS

/** A number from 0 to 1, without 1, that looks drawn at random and follows from the words alone. */
export function drawUnit(...words: readonly (string | number)[]): number {
  const digest = createHash('sha256').update(JSON.stringify(words)).digest()
  return digest.readUIntBE(0, BITS / 8) / RANGE
}
