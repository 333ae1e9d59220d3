import type { Options, Series } from 'uplot'
import type { ChartData } from './chartData.ts'
import type { View } from './zoom.ts'

/** In pixels. */
export const CHART_HEIGHT = 320

const FONT = '13px system-ui, sans-serif'

/** Colours of lines, by name in the style sheet, and their dashes: each line is told by both. */
const LOOKS: readonly (readonly [colour: string, dash: number[]])[] = [
  ['--one', []],
  ['--two', [3, 4]],
  ['--three', [10, 4]],
  ['--four', [10, 4, 2, 4]],
  ['--five', [6, 3]],
  ['--six', [2, 2]],
  ['--seven', [14, 4]],
  ['--eight', [1, 4]],
]

/** How the line of a number looks; there are eight looks. */
export function lookOf(line: number): readonly [colour: string, dash: number[]] {
  return LOOKS[line % LOOKS.length] ?? ['--one', []]
}

/** What `uplot` is told to draw a part of the data at a place, with the colours that hold there. */
export function chartOptions(
  place: HTMLElement,
  { axis: counted, lines, bands = [] }: ChartData,
  { min, max }: View,
): Options {
  const style = getComputedStyle(place)
  const colour = (name: string): string => style.getPropertyValue(name)
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line') }, ticks: { stroke: colour('--line') } }
  const edge: Series = { stroke: 'transparent', width: 0, points: { show: false } }
  return {
    width: place.clientWidth,
    height: CHART_HEIGHT,
    legend: { show: false },
    // What is in view is never guessed from the data, which may hold more or less.
    scales: { x: { time: false, auto: false, min, max } },
    axes: [
      { ...axis, label: counted, labelSize: 20, labelGap: 0, font: FONT, labelFont: FONT, size: 36 },
      { ...axis, size: 64, font: FONT },
    ],
    series: [
      {},
      ...lines.map(({ name }, i): Series => {
        const [stroke, dash] = lookOf(i)
        return { label: name, stroke: colour(stroke), width: i === 0 ? 2 : 1.5, dash, points: { show: false } }
      }),
      ...bands.flatMap(() => [edge, edge]),
    ],
    bands: bands.map((_, i) => ({
      series: [lines.length + 2 + 2 * i, lines.length + 1 + 2 * i],
      fill: colour('--band'),
    })),
  }
}
