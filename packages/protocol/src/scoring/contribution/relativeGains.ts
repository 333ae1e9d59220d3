import type { Entry, WindowEpoch } from './contributionTypes.ts'

const clip = (ratio: number): number => Math.max(-1, Math.min(1, ratio))

/** The same as `relativeDifferences` for what a forecaster took off the network's loss. SPEC VT-6 */
export function relativeGains(
  entries: readonly Entry[],
  window: readonly WindowEpoch[],
  bound: number,
): readonly number[] {
  const before = window.length - entries.length
  return entries.map((entry, i) => {
    if (entry === 'missed') return -1
    if (entry === 'absent') return Math.min(0, clip((window[before + i]?.absentGain ?? 0) / bound))
    return clip(entry / bound)
  })
}
