import { namedSeries } from '@starling/sdk/backtest/namedSeries'
import { needsLogScale } from '@starling/sdk/backtest/needsLogScale'
import type { BacktestReport, RunningLoss } from '@starling/sdk/backtest/report'
import type { Io } from '../io.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { hasColour } from '../output/hasColour.ts'

const WIDEST = 90
const NARROWEST = 40
const HEIGHT = 12
/** Room for the numbers beside the plot. */
const MARGIN = 14
const COLOURS = ['ansiCyan', 'ansiYellow', 'ansiWhite'] as const
const SIGNS = ['●', '○', '·'] as const

/** The running losses in characters. Without colour each line has a sign of its own. */
export async function plotTerminal(
  report: BacktestReport,
  running: RunningLoss,
  { stdout, env }: Pick<Io, 'stdout' | 'env'>,
): Promise<string> {
  const { plot } = await import('simple-ascii-chart')
  const width = Math.max(NARROWEST, Math.min(WIDEST, (stdout.columns || WIDEST) - MARGIN))
  const series = namedSeries(report, running, width)
  const epochs = (series[0]?.points ?? []).map(([epoch]) => epoch)
  const isColoured = hasColour(stdout, env)
  const names = series.map(({ name }, i) => (isColoured ? name : `${SIGNS[i] ?? ''} ${name}`))
  // The last line drawn covers the others, so the network comes last.
  const isLog = needsLogScale(series)
  const lines = series
    .toReversed()
    .map(({ points }) => points.map(([epoch, loss]): [number, number] => [epoch, isLog ? Math.log10(loss) : loss]))
  const signs = SIGNS.slice(0, series.length).toReversed()
  let line = -1
  const chart = plot(lines, {
    width,
    height: HEIGHT,
    title: `Running mean loss by epoch${isLog ? ', on a logarithmic axis' : ''}`,
    customXAxisTicks: [0, 0.5, 1].map((part) => epochs[Math.round(part * (epochs.length - 1))] ?? 0),
    formatter: (value, { axis }) => (axis === 'y' ? Number(formatNumber(isLog ? 10 ** value : value)) : value),
    ...(isColoured
      ? { color: COLOURS.slice(0, series.length).toReversed() }
      : {
          // Points come line by line, each line's from 0 on.
          lineFormatter: ({ plotX, plotY, index }) => {
            if (index === 0) line += 1
            return { x: plotX, y: plotY, symbol: signs[line] ?? '?' }
          },
        }),
  })
  return `${chart.trimEnd()}\n${names.map((name) => `  ${name}\n`).join('')}`
}
