/** Nominal levels of intervals and prediction sets. SPEC VT-7 */
export const LEVELS: readonly number[] = [0.5, 0.8, 0.95]

/** How one level did so far, over all settled epochs: `hits` answers held the truth; `width` is the sum of their widths or set sizes. */
export type LevelLedger = { readonly level: number; readonly hits: number; readonly width: number }

/** Epochs that settled, and what each level did in them. Mean width = width / epochs, coverage = hits / epochs. */
export type CoverageLedger = { readonly epochs: number; readonly levels: readonly LevelLedger[] }

/** What adapts: by level the miss rate aimed at, and the newest scores of the truth, oldest first. Plain data, JSON-safe. */
export type AdaptiveState = { readonly targets: readonly number[]; readonly scores: readonly number[] }

/** Everything a numeric topic's intervals carry from epoch to epoch: at most 200 scores. SPEC VT-7 */
export type IntervalState = AdaptiveState & {
  /** Moving average of |error|, in the topic's unit; 0 before the first truth. */
  readonly meanError: number
  readonly ledger: CoverageLedger
}

/** One interval, both ends inclusive. */
export type Interval = { readonly level: number; readonly lower: number; readonly upper: number }

/** The intervals of one answer as they were published: what its truth is held against later. */
export type PublishedIntervals = {
  readonly value: number
  /** max(spread, moving average of |error|) at publication. */
  readonly scale: number
  readonly intervals: readonly Interval[]
}

/** Everything the prediction sets of a topic of labels carry from epoch to epoch. SPEC VT-7 */
export type LabelSetState = AdaptiveState & { readonly ledger: CoverageLedger }

/** One prediction set: label indices, the most probable first. */
export type LabelSet = { readonly level: number; readonly labels: readonly number[] }

/** The sets of one answer as they were published, with the probabilities they stand on. */
export type PublishedLabelSets = { readonly probabilities: readonly number[]; readonly sets: readonly LabelSet[] }

/** One tenth of the probabilities: answers in it, the sum of their probabilities, and how many events came true. */
export type ReliabilityBin = { readonly n: number; readonly probability: number; readonly events: number }

/** Ten bins, 0…0.1 to 0.9…1. SPEC VT-7 */
export type ReliabilityLedger = readonly ReliabilityBin[]
