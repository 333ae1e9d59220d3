import { useHashLocation } from 'wouter-preact/use-hash-location'

/** What follows the question mark behind the `#`, and how it is changed without a new entry in the history. */
export function useHashQuery(): readonly [
  query: URLSearchParams,
  set: (query: Readonly<Record<string, string>>) => void,
] {
  const [location] = useHashLocation()
  const [path = '/', ...rest] = location.split('?')
  const set = (query: Readonly<Record<string, string>>): void => {
    const text = new URLSearchParams(query).toString()
    window.location.replace(`#${path}${text === '' ? '' : `?${text}`}`)
  }
  return [new URLSearchParams(rest.join('?')), set]
}
