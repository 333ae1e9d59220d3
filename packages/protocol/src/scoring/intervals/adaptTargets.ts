import { flushTiny } from '../flushTiny.ts'
import { LEVELS } from './intervalTypes.ts'
import { stepOf } from './stepOf.ts'

/**
 * Adaptive conformal inference: target + γ·((1 − level) − miss), at most 1. SPEC VT-7
 *
 * Summed over T epochs: misses ≤ (1 − level)·T + (first target − last target)/γ, whatever the data does; where a target
 * does not reach 1, with equality.
 */
export function adaptTargets(targets: readonly number[], hits: readonly boolean[]): readonly number[] {
  return LEVELS.map((level, i) => {
    const missed = hits[i] === true ? 0 : 1
    return flushTiny(Math.min(1, (targets[i] ?? 1 - level) + stepOf(level) * (1 - level - missed)))
  })
}
