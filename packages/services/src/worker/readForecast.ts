import { compareAddress } from '@starling/protocol/num/compareAddress'
import type { WorkerLosses } from '../models/types.ts'

/** The chain takes forecasts of so many inferers at most. */
const MOST_ELEMENTS = 12
/** |log10 loss| beyond this is no forecast of anything. */
const LARGEST = 300

/** The predicted log10 loss of one inferer. */
export type ForecastElement = { readonly inferer: string; readonly value: number }

/** A forecast by ascending address, with sentences on what was left out; null to skip; or why it is none. */
export type ReadForecast =
  | { readonly elements: readonly ForecastElement[]; readonly skipped: readonly string[] }
  | null
  | { readonly fault: string }

/**
 * Reads what a forecasting model gave: log10 losses by address. An element about a stranger, or that is no number, is
 * left out and the others stand. Of more than the chain takes, those with the smallest losses stay: they weigh most.
 */
export function readForecast(workers: readonly WorkerLosses[], output: unknown): ReadForecast {
  if (output === null) return null
  if (typeof output !== 'object' || Array.isArray(output)) {
    return {
      fault: `{address: log10 loss} or null was expected, got ${output === undefined ? 'nothing' : typeof output}`,
    }
  }
  const known = new Set(workers.map(({ address }) => address))
  const elements: ForecastElement[] = []
  const skipped: string[] = []
  for (const [inferer, value] of Object.entries(output)) {
    if (!known.has(inferer)) skipped.push(`${shorten(inferer)} is no worker of the topic`)
    else if (typeof value !== 'number' || !(Math.abs(value) <= LARGEST)) {
      skipped.push(
        `the loss of ${inferer} is ${shorten(String(value))}, not a number between -${LARGEST} and ${LARGEST}`,
      )
    } else elements.push({ inferer, value: Math.abs(value) < Number.MIN_VALUE * 2 ** 52 ? 0 : value })
  }
  if (elements.length === 0)
    return { fault: `it names no worker of the topic${skipped[0] === undefined ? '' : `: ${skipped[0]}`}` }
  const best = elements
    .toSorted((a, b) => a.value - b.value || compareAddress(a.inferer, b.inferer))
    .slice(0, MOST_ELEMENTS)
  return { elements: best.toSorted((a, b) => compareAddress(a.inferer, b.inferer)), skipped }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
