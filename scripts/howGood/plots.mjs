import * as charts from 'echarts/charts'
import * as components from 'echarts/components'
import * as core from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { LEVELS } from './measurePanel.mjs'

core.use([charts.LineChart, charts.ScatterChart, SVGRenderer])
core.use([components.GridComponent, components.LegendComponent, components.TitleComponent])

const BLUE = '#0b6e99'
const ORANGE = '#e08a1e'
const GREY = '#9a9a9a'
const WIDTH = 900
const BEST = 'best single model (95 % interval)'

/** The network's error over those of the best single model, of the mean and of the median, panel by panel. */
export function plotRatios(figures) {
  const rows = figures.toReversed()
  const points = (of) => rows.map((one, i) => [of(one), i])
  const bars = rows.map(({ toBest: [, lower, upper] }, i) => line([lower, i], [upper, i], BLUE, 2))
  return draw(140 + 28 * rows.length, {
    title: { text: "the network's error ÷ theirs (below 1: the network is better)", left: 16, top: 12 },
    legend: { bottom: 8, itemGap: 40, data: [BEST, 'mean', 'median'] },
    grid: { left: 120, right: 32, top: 56, bottom: 80 },
    xAxis: { type: 'value', scale: true },
    yAxis: { type: 'category', data: rows.map(({ name }) => name) },
    series: [
      line([1, 0], [1, rows.length - 1], GREY, 1),
      ...bars,
      dots(
        BEST,
        points(({ toBest }) => toBest[0]),
        BLUE,
        'circle',
      ),
      dots(
        'mean',
        points(({ toMean }) => toMean[0]),
        ORANGE,
        'diamond',
      ),
      dots(
        'median',
        points(({ toMedian }) => toMedian[0]),
        GREY,
        'triangle',
      ),
    ],
  })
}

/** How often the intervals of each level held the truth, beside the rolling quantile. */
export function plotCoverage(figures) {
  const names = figures.map(({ name }) => name)
  const points = (what) => figures.flatMap(({ intervals }, i) => intervals.levels.map((one) => [i, 100 * one[what]]))
  return draw(420, {
    title: { text: 'truths inside the intervals of 50, 80 and 95 %, in %', left: 16, top: 12 },
    legend: { bottom: 8, itemGap: 40, data: ['network', 'rolling quantile'] },
    grid: { left: 56, right: 32, top: 56, bottom: 120 },
    xAxis: { type: 'category', data: names, axisLabel: { rotate: 40 } },
    yAxis: { type: 'value', min: 30, max: 100 },
    series: [
      ...LEVELS.map((level) => line([0, 100 * level], [names.length - 1, 100 * level], GREY, 1)),
      dots('network', points('coverage'), BLUE, 'circle'),
      dots('rolling quantile', points('rolling'), ORANGE, 'diamond'),
    ],
  })
}

function line(from, to, color, width) {
  return { type: 'line', data: [from, to], showSymbol: false, silent: true, color, lineStyle: { color, width } }
}

function dots(name, data, color, symbol) {
  return { type: 'scatter', name, data, color, symbol, symbolSize: 9 }
}

function draw(height, option) {
  const chart = core.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return `${svg}\n`
}
