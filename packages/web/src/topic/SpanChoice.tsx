import type { JSX } from 'preact'
import { formatWhole } from '../text/formatNumber.ts'

/** So many epochs, all there are, or a part that was chosen otherwise. */
export type Span = number | 'all' | 'part'

type Props<S extends Span> = {
  readonly span: S
  readonly spans: readonly Exclude<S, 'part'>[]
  readonly choose: (span: Exclude<S, 'part'>) => void
}

/** Chooses how many epochs a view looks back. */
export function SpanChoice<S extends Span>({ span, spans, choose }: Props<S>): JSX.Element {
  return (
    <label>
      Epochs{' '}
      <select
        value={String(span)}
        onChange={({ currentTarget: { value } }) => {
          const chosen = spans.find((one) => String(one) === value)
          if (chosen !== undefined) choose(chosen)
        }}
      >
        {spans.map((one) => (
          <option key={one} value={String(one)}>
            {one === 'all' ? 'all' : `the last ${formatWhole(one)}`}
          </option>
        ))}
        {span === 'part' ? <option value="part">a part</option> : null}
      </select>
    </label>
  )
}
