import type { BacktestReport, RunningLoss } from '@starling/sdk/backtest/report'

/** A line of a plot. */
export type Series = { readonly name: string; readonly points: readonly (readonly [epoch: number, loss: number])[] }

/** Running losses of network, plain mean and best model, each thinned to that many points; the last always stays. */
export function namedSeries(report: BacktestReport, running: RunningLoss, most: number): readonly Series[] {
  const lines = [
    { name: `network (${report.synthesis})`, losses: running.network },
    { name: 'plain mean', losses: running.mean },
    ...(report.bestModel === null ? [] : [{ name: `best model: ${report.bestModel}`, losses: running.best }]),
  ]
  return lines.map(({ name, losses }) => {
    const step = Math.max(1, Math.ceil(losses.length / most))
    const points = losses.flatMap((loss, epoch): [number, number][] =>
      (losses.length - 1 - epoch) % step === 0 ? [[epoch, loss]] : [],
    )
    return { name, points }
  })
}
