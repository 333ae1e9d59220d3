import type { JSX } from 'preact'

const WIDTH = 160
const HEIGHT = 36

/** A line through a few values, oldest first; `label` says in words what it shows. */
export function Sparkline({
  values,
  label,
}: {
  readonly values: readonly number[]
  readonly label: string
}): JSX.Element | null {
  if (values.length < 2) return null
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const across = WIDTH / (values.length - 1)
  const up = (value: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / (high - low)) * (HEIGHT - 4)
  const points = values.map((value, i) => `${(i * across).toFixed(1)},${up(value).toFixed(1)}`)
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} preserveAspectRatio="none">
      <polyline points={points.join(' ')} />
    </svg>
  )
}
