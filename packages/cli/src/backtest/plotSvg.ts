import { basename } from 'node:path'
import { namedSeries } from '@starling/sdk/backtest/namedSeries'
import { needsLogScale } from '@starling/sdk/backtest/needsLogScale'
import type { BacktestReport, RunningLoss } from '@starling/sdk/backtest/report'
import { formatNumber } from '../output/formatNumber.ts'

const WIDTH = 960
const HEIGHT = 480
const MOST_POINTS = 800

/** The running losses as a picture: one SVG document. The library is loaded only here. */
export async function plotSvg(report: BacktestReport, running: RunningLoss): Promise<string> {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([charts.LineChart, components.GridComponent, components.TitleComponent, components.LegendComponent])
  core.use([renderers.SVGRenderer])
  const chart = core.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT })
  const series = namedSeries(report, running, MOST_POINTS)
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: `${basename(report.file)}: mean loss up to each epoch (${report.lossMethod})`, left: 16, top: 12 },
    legend: { bottom: 8, itemGap: 32, data: series.map(({ name }) => name) },
    grid: { left: 88, right: 32, top: 64, bottom: 80 },
    xAxis: { type: 'value', name: 'epoch', nameLocation: 'middle', nameGap: 28, min: 'dataMin', max: 'dataMax' },
    yAxis: { type: needsLogScale(series) ? 'log' : 'value', scale: true, axisLabel: { formatter: formatTick } },
    color: ['#0b6e99', '#e08a1e', '#7a7a7a'],
    series: series.map(({ name, points }) => ({ name, type: 'line', showSymbol: points.length === 1, data: points })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return `${svg}\n`
}

/** Longer numbers would not fit beside the axis. */
const LARGEST_PLAIN = 1e7

function formatTick(value: number): string {
  return Math.abs(value) < LARGEST_PLAIN ? formatNumber(value) : Number(value.toPrecision(6)).toExponential()
}
