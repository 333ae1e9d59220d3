import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChosenView, View } from '../parts/zoom.ts'
import { useHashQuery } from '../useHashQuery.ts'
import type { Span } from './SpanChoice.tsx'
import { longSpans } from './spans.ts'
import { STILL_MS, useSettled } from './useSettled.ts'

/** Which epochs of a topic are in view, and how others are chosen. */
export type ViewChoice = {
  readonly whole: View
  /** The newest epochs: so many as the span says. */
  readonly home: View
  readonly chosen: ChosenView
  readonly view: View
  readonly span: Span
  /** Changes when something else than the chart has chosen. */
  readonly turn: number
  readonly choose: (chosen: ChosenView) => void
  readonly chooseSpan: (span: number | 'all') => void
  readonly chooseRange: (range: View) => void
}

/** A choice that stands in the address of the page; by default the newest epochs are in view, and go on as others come. */
export function useViewChoice(whole: View, epochLength: number): ViewChoice {
  const [query, setQuery] = useHashQuery()
  const [first] = useState(() => readQuery(query))
  const [{ chosen, epochs, turn }, setChoice] = useState({ ...first, turn: 0 })
  const home = { min: Math.max(whole.min, whole.max - (epochs - 1) * epochLength), max: whole.max }
  const view = chosen === 'all' ? whole : (chosen ?? home)
  // The address follows the choice once that stands still, and the choice an address that somebody else has changed.
  const own = useSettled(new URLSearchParams(toQuery(chosen, epochs)).toString(), STILL_MS)
  const given = query.toString()
  const written = useRef(given)
  useEffect(() => {
    if (own === written.current) return
    written.current = own
    setQuery(Object.fromEntries(new URLSearchParams(own)))
  }, [own])
  useEffect(() => {
    if (given === written.current) return
    written.current = given
    setChoice(({ turn: old }) => ({ ...readQuery(query), turn: old + 1 }))
  }, [given])
  return {
    ...{ whole, home, chosen, view, turn },
    span: chosen === undefined ? epochs : chosen === 'all' ? 'all' : 'part',
    choose: (next) => setChoice((old) => ({ ...old, chosen: next })),
    chooseSpan: (span) =>
      setChoice((old) => ({
        chosen: span === 'all' ? 'all' : undefined,
        epochs: span === 'all' ? old.epochs : span,
        turn: old.turn + 1,
      })),
    chooseRange: ({ min, max }) => {
      const range = { min: Math.max(min, whole.min), max: Math.min(max, whole.max) }
      if (range.min <= range.max) setChoice((old) => ({ ...old, chosen: range, turn: old.turn + 1 }))
    },
  }
}

type Choice = { readonly chosen: ChosenView; readonly epochs: number }

function readQuery(query: URLSearchParams): Choice {
  const nonce = (name: string): number => {
    const text = query.get(name) ?? ''
    return /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN
  }
  const range = { min: nonce('from'), max: nonce('to') }
  const epochs = longSpans.find((span) => String(span) === query.get('epochs')) ?? longSpans[0]
  if (range.min <= range.max) return { chosen: range, epochs }
  return { chosen: query.get('epochs') === 'all' ? 'all' : undefined, epochs }
}

function toQuery(chosen: ChosenView, epochs: number): Readonly<Record<string, string>> {
  if (chosen === 'all') return { epochs: 'all' }
  if (chosen !== undefined) return { from: String(Math.ceil(chosen.min)), to: String(Math.floor(chosen.max)) }
  return epochs === longSpans[0] ? {} : { epochs: String(epochs) }
}
