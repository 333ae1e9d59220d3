const SHAPE = /^-?[0-9]{1,96}$/

/** The whole number of a text that was checked when it was stored; anything else is a bug. Zeros may lead. */
export function readWhole(text: string): bigint {
  if (SHAPE.test(text)) return BigInt(text)
  throw new Error(`"${text}" was stored unchecked: it is no whole number`)
}
