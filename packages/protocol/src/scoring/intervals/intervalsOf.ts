import { type IntervalState, LEVELS, type PublishedIntervals } from './intervalTypes.ts'
import { multiplesOf } from './multiplesOf.ts'

/** No error within a legal domain (±1e150) is larger. */
const WIDEST = 1e151

/**
 * The intervals of a combined value at 50, 80 and 95 %: value ± q·max(spread, moving average of |error|), cut to the
 * topic's domain where one is given. `value` and `spread` (≥ 0) in the topic's unit; each interval holds the ones of
 * lower levels. SPEC VT-7
 */
export function intervalsOf(
  state: IntervalState,
  value: number,
  spread: number,
  domain?: readonly [lowest: number, highest: number],
): PublishedIntervals {
  const scale = Math.max(spread, state.meanError)
  const [lowest, highest] = domain ?? [-WIDEST, WIDEST]
  const multiples = multiplesOf(state)
  const intervals = LEVELS.map((level, i) => {
    const half = Math.min(WIDEST, (multiples[i] ?? 0) * scale)
    return { level, lower: Math.max(lowest, value - half), upper: Math.min(highest, value + half) }
  })
  return { value, scale, intervals }
}
