import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '@starling/protocol/bytes/hex'
import { exp, expm1, ln, log1p, log10 } from '@starling/protocol/num/exp'
import { createDice } from '../../packages/node/src/app/testing/dice.ts'

const functions = { exp, expm1, ln, log1p, log10 }
const MAX_EXPONENT = 2047
const DOUBLE_BYTES = 8

/** Digest of the bits of each ported function on `count` doubles of every size and sign. */
export function sampleFunctions(count: number): Readonly<Record<string, string>> {
  const samples = Object.entries(functions).map(([name, compute]) => [name, sample(compute, count)] as const)
  return Object.fromEntries(samples)
}

function sample(compute: (x: number) => number, count: number): string {
  const roll = createDice(1)
  const double = new DataView(new ArrayBuffer(DOUBLE_BYTES))
  const bits = new DataView(new ArrayBuffer(count * DOUBLE_BYTES))
  for (let i = 0; i < count; i++) {
    // Half of them near 1, where the functions bend, the others of any size.
    const exponent = i % 2 === 0 ? 1013 + roll(20) : roll(MAX_EXPONENT)
    double.setUint32(0, roll(2) * 2 ** 31 + exponent * 2 ** 20 + roll(2 ** 20))
    double.setUint32(4, roll(2 ** 32))
    const y = compute(double.getFloat64(0))
    // Which bits a NaN has is up to the engine, and no NaN is ever stored.
    bits.setFloat64(i * DOUBLE_BYTES, Number.isNaN(y) ? Number.MAX_VALUE : y)
  }
  return toHex(sha256(new Uint8Array(bits.buffer)))
}
