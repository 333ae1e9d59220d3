import { log10 } from '@starling/protocol/num/exp'

const SMALLEST_LOSS = 1e-6
const LARGEST_LOSS = 1e6

/** log10 of each loss, oldest first, kept within ±6; null where there is none or it is no loss. */
export function logLosses(losses: readonly (number | null)[]): (number | null)[] {
  return losses.map((loss) =>
    loss === null || !(loss >= 0) ? null : log10(Math.min(LARGEST_LOSS, Math.max(SMALLEST_LOSS, loss))),
  )
}

/** The entries that are there. */
export function present(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}
