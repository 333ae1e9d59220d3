import type { JSX } from 'preact'
import { spans } from './spans.ts'

type Props = { readonly epochs: number; readonly choose: (epochs: number) => void }

/** Chooses how many epochs a view looks back. */
export function SpanChoice({ epochs, choose }: Props): JSX.Element {
  return (
    <label>
      Epochs{' '}
      <select value={epochs} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
        {spans.map((span) => (
          <option key={span} value={span}>
            the last {span}
          </option>
        ))}
      </select>
    </label>
  )
}
