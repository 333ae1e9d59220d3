/**
 * Mean loss from the first epoch to each epoch, over the cases that have a loss; an epoch before the first of them
 * repeats what comes after it. `epochs` gives the epoch of each case in any order.
 */
export function runningLoss(losses: Float64Array, epochs: readonly number[], count: number): readonly number[] {
  const sums = new Float64Array(count)
  const cases = new Float64Array(count)
  for (const [i, loss] of losses.entries()) {
    if (Number.isNaN(loss)) continue
    const epoch = epochs[i] ?? 0
    sums[epoch] = (sums[epoch] ?? 0) + loss
    cases[epoch] = (cases[epoch] ?? 0) + 1
  }
  let [sum, seen] = [0, 0]
  const running = Array.from(sums, (loss, epoch) => {
    sum += loss
    seen += cases[epoch] ?? 0
    return seen === 0 ? Number.NaN : sum / seen
  })
  const first = running.find((value) => !Number.isNaN(value)) ?? 0
  return running.map((value) => (Number.isNaN(value) ? first : value))
}
