import type { JSX, TargetedEvent } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Props = {
  readonly from: number
  readonly to: number
  readonly choose: (from: number, to: number) => void
}

/** Says which epochs are in view, and takes others. */
export function RangeFields({ from, to, choose }: Props): JSX.Element {
  const [texts, setTexts] = useState({ from: String(from), to: String(to) })
  useEffect(() => setTexts({ from: String(from), to: String(to) }), [from, to])
  const isRange = [texts.from, texts.to].every((text) => /^[0-9]{1,15}$/.test(text)) && +texts.from <= +texts.to
  const submit = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (isRange) choose(Number(texts.from), Number(texts.to))
  }
  const field = (name: 'from' | 'to', label: string): JSX.Element => (
    <label>
      {label}{' '}
      <input
        class="nonce"
        inputMode="numeric"
        value={texts[name]}
        aria-invalid={!isRange}
        onInput={({ currentTarget: { value } }) => setTexts({ ...texts, [name]: value })}
      />
    </label>
  )
  return (
    <form class="range" onSubmit={submit}>
      {field('from', 'from')} {field('to', 'to')}{' '}
      <button type="submit" disabled={!isRange}>
        Show
      </button>
    </form>
  )
}
