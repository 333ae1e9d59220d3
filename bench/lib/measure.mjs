/** The value below which a share of the list lies. */
export function quantile(list, share) {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (list) => quantile(list, 0.5)

/** Milliseconds that a step takes on the clock. */
export function timed(step) {
  const started = performance.now()
  step()
  return performance.now() - started
}

/** Milliseconds that a step takes on the clock, and of processor time with the collector's threads. */
export function timedTwice(step) {
  const before = process.cpuUsage()
  const clock = timed(step)
  const { user, system } = process.cpuUsage(before)
  return { clock, processor: (user + system) / 1000 }
}

/** How often a second a step can be made: it is repeated for about `ms` milliseconds, `batch` times at once. */
export function rateOf(step, { ms = 600, batch = 1 } = {}) {
  step()
  const rates = []
  const end = performance.now() + ms
  while (performance.now() < end || rates.length < 3) {
    const took = timed(() => {
      for (let i = 0; i < batch; i += 1) step()
    })
    rates.push((batch / took) * 1000)
  }
  return median(rates)
}
