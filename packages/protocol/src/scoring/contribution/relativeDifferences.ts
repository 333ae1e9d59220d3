import type { ChosenBaseline, Entry, WindowEpoch } from './contributionTypes.ts'

const clip = (ratio: number): number => Math.max(-1, Math.min(1, ratio))

/**
 * Differences baseline − loss of a worker over the epochs since its admission, clipped at ± bound and divided by it, so in
 * −1…1. Absent: min(0, the 25 % quantile of the epoch's differences), which is baseline − 75 % quantile of its losses.
 * Committed and not revealed: −1. SPEC VT-6, VT-2
 */
export function relativeDifferences(
  entries: readonly Entry[],
  window: readonly WindowEpoch[],
  { losses, bound }: ChosenBaseline,
): readonly number[] {
  const before = window.length - entries.length
  return entries.map((entry, i) => {
    const baseline = losses[before + i] ?? 0
    if (entry === 'missed') return -1
    if (entry === 'absent') return Math.min(0, clip((baseline - (window[before + i]?.absentLoss ?? 0)) / bound))
    return clip((baseline - entry) / bound)
  })
}
