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
  const differences = losses.slice(Math.max(0, before))
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i] ?? 'missed'
    const baseline = losses[before + i] ?? 0
    if (entry === 'missed') differences[i] = -1
    else if (entry === 'absent') {
      differences[i] = Math.min(0, clip((baseline - (window[before + i]?.absentLoss ?? 0)) / bound))
    } else differences[i] = clip((baseline - entry) / bound)
  }
  return differences
}
