import type { JSX } from 'preact'

/** What was promised, what came of it, and in how many epochs. */
export type PlottedPoint = { readonly said: number; readonly came: number; readonly of: bigint }

type Props = { readonly points: readonly PlottedPoint[]; readonly across: string; readonly up: string }

const SIZE = 240
const EDGE = 40
const TICKS = [0, 0.25, 0.5, 0.75, 1]

/** Points of a calibration plot: those on the diagonal are right. Larger ones stand for more epochs. */
export function CalibrationPlot({ points, across, up }: Props): JSX.Element {
  const x = (share: number): number => EDGE + share * SIZE
  const y = (share: number): number => 10 + (1 - share) * SIZE
  const most = Math.max(1, ...points.map(({ of }) => Number(of)))
  const said = points.map((point) => `${point.said.toFixed(2)}: ${point.came.toFixed(2)}`).join(', ')
  return (
    <svg
      class="calibration"
      viewBox={`0 0 ${SIZE + EDGE + 20} ${SIZE + EDGE + 20}`}
      role="img"
      aria-label={`${up} against ${across}; ${said === '' ? 'nothing yet' : said}`}
    >
      <rect x={x(0)} y={y(1)} width={SIZE} height={SIZE} />
      <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {TICKS.map((tick) => (
        <g key={tick}>
          <text x={x(tick)} y={y(0) + 14} text-anchor="middle">
            {tick}
          </text>
          <text x={x(0) - 5} y={y(tick) + 4} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text x={x(0.5)} y={y(0) + 30} text-anchor="middle">
        {across}
      </text>
      <text x={x(0) + 6} y={y(1) + 14}>
        {up}
      </text>
      {points.map((point) => (
        <circle key={point.said} cx={x(point.said)} cy={y(point.came)} r={3 + 5 * Math.sqrt(Number(point.of) / most)} />
      ))}
    </svg>
  )
}
