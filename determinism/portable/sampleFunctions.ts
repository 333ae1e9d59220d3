import { exp, expm1, ln, log1p, log10 } from '@starling/protocol/num/exp'
import { createDice } from '../../packages/node/src/app/testing/dice.ts'
import { createDigest } from './bits.ts'

const functions = { exp, expm1, ln, log1p, log10 }
const MAX_EXPONENT = 2047

/** Digest of the bits of each ported function on `count` doubles of every size and sign. */
export function sampleFunctions(count: number): Readonly<Record<string, string>> {
  const samples = Object.entries(functions).map(([name, compute]) => {
    const roll = createDice(1)
    const view = new DataView(new ArrayBuffer(8))
    const digest = createDigest()
    let row: number[] = []
    for (let i = 0; i < count; i++) {
      view.setUint32(4, roll(2 ** 32))
      // Half of them near 1, where the functions bend, the others of any size.
      const exponent = i % 2 === 0 ? 1013 + roll(20) : roll(MAX_EXPONENT)
      view.setUint32(0, (roll(2) * 2 ** 31 + exponent * 2 ** 20 + roll(2 ** 20)) >>> 0)
      const y = compute(view.getFloat64(0))
      row.push(Number.isNaN(y) ? Number.NaN : y)
      if (row.length < 1000) continue
      digest.add(row)
      row = []
    }
    digest.add(row)
    return [name, digest.hex()] as const
  })
  return Object.fromEntries(samples)
}
