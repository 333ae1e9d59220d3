import type { BacktestReport, RunningLoss } from './report.ts'

/** A line of a plot. */
export type Series = { readonly name: string; readonly points: readonly (readonly [epoch: number, loss: number])[] }

/** A mean over this share of the epochs has settled enough to be drawn: before it swings would hide everything after. */
const UNSETTLED = 0.05

/**
 * Running losses of network, plain mean and best model, without the first twentieth of the epochs, each thinned to that
 * many points; the last always stays. Without a scored row there are none.
 */
export function namedSeries(report: BacktestReport, running: RunningLoss, most: number): readonly Series[] {
  const lines = [
    { name: `network (${report.synthesis})`, losses: running.network },
    { name: 'plain mean', losses: running.mean },
    ...(report.bestModel === null ? [] : [{ name: `best model: ${report.bestModel}`, losses: running.best }]),
  ]
  return lines.map(({ name, losses }) => {
    const first = Math.floor(UNSETTLED * losses.length)
    const step = Math.max(1, Math.ceil((losses.length - first) / most))
    if (report.scored === 0) return { name, points: [] }
    const points = losses.flatMap((loss, epoch): [number, number][] =>
      epoch >= first && (losses.length - 1 - epoch) % step === 0 ? [[epoch, loss]] : [],
    )
    return { name, points }
  })
}
