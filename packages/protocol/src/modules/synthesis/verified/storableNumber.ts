/**
 * A number as it is written: −0 as 0, and what is not finite as Infinity, which `storedNumber` refuses: with such a state
 * a topic is left out while the others go on. One pattern of bits for each, on every machine.
 */
export function storableNumber(value: number): number {
  return Number.isFinite(value) ? value + 0 : Infinity
}
