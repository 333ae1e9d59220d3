import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import UPlot, { type AlignedData } from 'uplot'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { ChartNumbers } from './ChartNumbers.tsx'
import { type ChartData, columnsOf, rowAt } from './chartData.ts'
import { CHART_HEIGHT, chartOptions, lookOf } from './chartOptions.ts'
import { useDark } from './useDark.ts'
import { type ChosenView, choiceOf, type Move, shift, type View, zoom } from './zoom.ts'

type Props = {
  /** What it shows, in words. */
  readonly label: string
  readonly data: ChartData
  /** Name of the file in which its numbers are downloaded. */
  readonly file: string
  /** What there is to see, where the data may be a part of it. */
  readonly whole?: View
  /** What is in view by default: all, where nothing is said. */
  readonly home?: View
  /** What is in view at first. */
  readonly start?: ChosenView
  /** Told what is chosen to be in view whenever that changes. */
  readonly onView?: (view: ChosenView) => void
}

const moves: readonly (readonly [move: Move, text: string, label: string])[] = [
  ['in', '+', 'Look nearer'],
  ['out', '−', 'Look wider'],
  ['left', '◀', 'Move left'],
  ['right', '▶', 'Move right'],
  ['all', 'all', 'Show all'],
]

/**
 * Lines and bands over one axis, with their numbers as a table below. Dragging zooms, dragging with Shift moves, the
 * wheel zooms with Ctrl, a double click shows all again; the buttons do the same for who has no pointer.
 */
export function Chart({ label, data, file, whole: given, home: byDefault, start, onView }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | undefined>(undefined)
  const [cursor, setCursor] = useState<number | undefined>(undefined)
  const whole = widened(given ?? extentOf(data))
  const limits = { whole, home: widened(byDefault ?? whole) }
  const now = useRef({ limits, onView })
  now.current = { limits, onView }
  const chosen = useRef<ChosenView>(start)
  const dark = useDark()
  const drawn = useMemo(() => toAligned(data), [data])
  const kind = `${dark} ${columnsOf(data).join('\n')}`
  useEffect(() => {
    const { current } = place
    if (current === null) return undefined
    const onScale = (self: UPlot, key: string): void => {
      const view = key === 'x' ? viewOf(self) : undefined
      if (view === undefined) return
      const choice = choiceOf(view, now.current.limits)
      if (choice === chosen.current || isOf(view, chosen.current)) return
      chosen.current = choice
      now.current.onView?.(choice)
    }
    const hooks = {
      setCursor: [({ cursor: { idx } }: UPlot) => setCursor(idx ?? undefined)],
      setScale: [onScale],
    }
    const all = (self: UPlot) => (): null => {
      go(self, 'all', now.current.limits)
      return null
    }
    const view = toView(chosen.current, now.current.limits)
    const made = new UPlot(
      { ...chartOptions(current, data, view), hooks, cursor: { bind: { dblclick: all } } },
      drawn,
      current,
    )
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: current.clientWidth, height: CHART_HEIGHT }))
    observer.observe(current)
    const forget = movable(made, () => now.current.limits)
    return () => {
      forget()
      observer.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [kind])
  useEffect(() => {
    const { current } = plot
    if (current === undefined) return
    if (current.data !== drawn) current.setData(drawn, false)
    current.setScale('x', toView(chosen.current, limits))
  }, [drawn, limits.home.min, limits.home.max, whole.min, whole.max])
  return (
    <figure class="chart">
      <div ref={place} role="img" aria-label={label} />
      <figcaption>
        <Legend data={data} at={cursor} />
        <span class="moves">
          {moves.map(([move, text, name]) => (
            <button
              key={move}
              type="button"
              aria-label={name}
              title={name}
              onClick={() => go(plot.current, move, limits)}
            >
              {text}
            </button>
          ))}
        </span>
        <small>Drag to zoom, with Shift to move; Ctrl and the wheel zoom, too.</small>
      </figcaption>
      <ChartNumbers data={data} file={file} />
    </figure>
  )
}

/** Names the lines, with their values under the pointer. */
function Legend({ data, at }: { readonly data: ChartData; readonly at: number | undefined }): JSX.Element {
  const row = at === undefined ? [] : rowAt(data, at)
  const { axis, lines, bands = [] } = data
  const ends = (i: number): string => {
    const [low, high] = [row[1 + lines.length + 2 * i], row[2 + lines.length + 2 * i]]
    return typeof low === 'number' && typeof high === 'number' ? `${formatNumber(low)} to ${formatNumber(high)}` : ''
  }
  return (
    <span class="legend">
      {lines.map(({ name }, i) => (
        <span key={name} class={`key ${lookOf(i)[0].slice(2)}`}>
          {plainText(name, 60)} <b>{formatMaybe(row[1 + i])}</b>
        </span>
      ))}
      {bands.map(({ name }, i) => (
        <span key={name} class="key band">
          {plainText(name, 60)} <b>{ends(i)}</b>
        </span>
      ))}
      <small>{at === undefined ? '' : `${axis} ${formatMaybe(row[0])}`}</small>
    </span>
  )
}

function formatMaybe(value: number | null | undefined): string {
  return typeof value === 'number' ? formatNumber(value) : ''
}

/** Columns as `uplot` takes them; it knows null, not NaN. */
function toAligned({ at, lines, bands = [] }: ChartData): AlignedData {
  const column = (values: ArrayLike<number | null>): (number | null)[] =>
    Array.from(values, (value) => (value === null || Number.isNaN(value) ? null : value))
  return [
    Array.from(at),
    ...lines.map(({ values }) => column(values)),
    ...bands.flatMap(({ low, high }) => [column(low), column(high)]),
  ]
}

type Limits = { readonly whole: View; readonly home: View }

function extentOf({ at }: ChartData): View {
  return { min: at[0] ?? 0, max: at[at.length - 1] ?? 0 }
}

/** A view of one place alone would have no width. */
function widened({ min, max }: View): View {
  return min < max ? { min, max } : { min: min - 1, max: max + 1 }
}

function toView(chosen: ChosenView, { whole, home }: Limits): View {
  return chosen === 'all' ? whole : (chosen ?? home)
}

/** Whether a view is the part that is chosen already. */
function isOf({ min, max }: View, chosen: ChosenView): boolean {
  return typeof chosen === 'object' && chosen.min === min && chosen.max === max
}

/** What is in view; undefined before the first drawing. */
function viewOf({ scales }: UPlot): View | undefined {
  const { min, max } = scales.x ?? {}
  return typeof min === 'number' && typeof max === 'number' ? { min, max } : undefined
}

function go(plot: UPlot | undefined, move: Move, { whole }: Limits, at?: number): void {
  const view = plot === undefined ? undefined : viewOf(plot)
  if (plot === undefined || view === undefined) return
  plot.setScale('x', zoom(view, whole, move, at) ?? whole)
}

/** Lets the wheel zoom and a drag with Shift move; returns how that ends. */
function movable(plot: UPlot, limits: () => Limits): () => void {
  const { over } = plot
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return
    event.preventDefault()
    go(plot, event.deltaY < 0 ? 'in' : 'out', limits(), plot.posToVal(event.offsetX, 'x'))
  }
  const onDown = (event: MouseEvent): void => {
    const view = viewOf(plot)
    if (!event.shiftKey || event.button !== 0 || view === undefined) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const perPixel = (view.max - view.min) / over.clientWidth
    const onMove = ({ clientX }: MouseEvent): void =>
      plot.setScale('x', shift(view, limits().whole, (event.clientX - clientX) * perPixel))
    document.addEventListener('mousemove', onMove)
    document.addEventListener('mouseup', () => document.removeEventListener('mousemove', onMove), { once: true })
  }
  over.addEventListener('wheel', onWheel, { passive: false })
  over.addEventListener('mousedown', onDown, { capture: true })
  return () => {
    over.removeEventListener('wheel', onWheel)
    over.removeEventListener('mousedown', onDown, { capture: true })
  }
}
