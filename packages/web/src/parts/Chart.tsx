import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import UPlot, { type Options } from 'uplot'

type Props = {
  readonly label: string
  /** Names of the two lines. */
  readonly names: readonly [one: string, two: string]
  readonly data: [number[], (number | null)[], (number | null)[]]
}

const HEIGHT = 320

/** Two lines over one axis. Dragging zooms, a double click shows all again. */
export function Chart({ label, names, data }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | undefined>(undefined)
  const [one, two] = names
  useEffect(() => {
    const { current } = place
    if (current === null) return undefined
    const drawn = new UPlot(optionsFor(current, [one, two]), data, current)
    plot.current = drawn
    const observer = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height: HEIGHT }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      drawn.destroy()
      plot.current = undefined
    }
  }, [one, two])
  useEffect(() => {
    const { current } = plot
    if (current === undefined) return
    const { min, max } = current.scales.x ?? {}
    const [shown] = current.data
    // Before the first drawing there is no scale.
    const isWhole = typeof min !== 'number' || (min === shown[0] && max === shown.at(-1))
    current.setData(data, isWhole)
    if (!isWhole && typeof max === 'number') current.setScale('x', { min, max })
  }, [data])
  return (
    <figure class="chart">
      <div ref={place} role="img" aria-label={label} />
      <figcaption class="legend">
        <span class="one">{one}</span> <span class="two">{two}</span>{' '}
        <small>Drag to zoom, double click to see all.</small>
      </figcaption>
    </figure>
  )
}

function optionsFor(place: HTMLElement, [one, two]: readonly [string, string]): Options {
  const style = getComputedStyle(place)
  const colour = (name: string): string => style.getPropertyValue(name)
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line') }, ticks: { stroke: colour('--line') } }
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    scales: { x: { time: false } },
    axes: [{ ...axis }, { ...axis, size: 60 }],
    series: [
      {},
      { label: one, stroke: colour('--one'), width: 2 },
      { label: two, stroke: colour('--two'), width: 1.5, dash: [2, 4], points: { show: false } },
    ],
  }
}
