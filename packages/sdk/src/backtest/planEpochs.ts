import type { Panel } from './panel.ts'

/** One epoch of a replay: the truths that have become public before it, and the cases it predicts. */
export type PlannedEpoch = {
  readonly epoch: number
  /** Groups of cases, each predicted in one epoch, whose truths are first known here; the oldest group first. */
  readonly lessons: readonly (readonly number[])[]
  /** Cases with at least one answer, in the order of the table. */
  readonly cases: readonly number[]
}

/** Which cases have a truth, and which somebody answered. */
export type CaseFlags = { readonly hasTruth: readonly boolean[]; readonly isAnswered: readonly boolean[] }

/**
 * The epochs of a panel in ascending order. The truth of a case is learnt before the first epoch that is at or after
 * its `available`; `afterwards` are the truths that come after the last epoch.
 */
export function planEpochs(
  panel: Panel,
  { hasTruth, isAnswered }: CaseFlags,
): { readonly epochs: readonly PlannedEpoch[]; readonly afterwards: PlannedEpoch['lessons'] } {
  const byEpoch = new Map<number, number[]>()
  for (const [at, epoch] of panel.epoch.entries()) {
    if (isAnswered[at] !== true) continue
    const cases = byEpoch.get(epoch)
    if (cases === undefined) byEpoch.set(epoch, [at])
    else cases.push(at)
  }
  const epochs = Float64Array.from(byEpoch.keys()).sort()
  const lessons: number[][][] = [...epochs, 0].map(() => [])
  for (const epoch of epochs) {
    const due = new Map<number, number[]>()
    for (const at of byEpoch.get(epoch) ?? []) {
      if (hasTruth[at] !== true) continue
      const index = firstAtOrAfter(epochs, panel.available[at] ?? 0)
      const group = due.get(index)
      if (group === undefined) due.set(index, [at])
      else group.push(at)
    }
    for (const [index, group] of due) lessons[index]?.push(group)
  }
  return {
    epochs: Array.from(epochs, (epoch, i) => ({ epoch, lessons: lessons[i] ?? [], cases: byEpoch.get(epoch) ?? [] })),
    afterwards: lessons.at(-1) ?? [],
  }
}

function firstAtOrAfter(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** Which cases of a panel have a truth and which somebody answered. */
export function flagCases({ truth, values, outputs }: Panel): CaseFlags {
  const width = outputs.length
  const isAnswered = Array.from(truth, () => false)
  for (const column of values) {
    for (let at = 0; at < truth.length; at += 1) {
      if (!Number.isNaN(column[at * width] ?? Number.NaN)) isAnswered[at] = true
    }
  }
  return { hasTruth: Array.from(truth, (value) => !Number.isNaN(value)), isAnswered }
}
