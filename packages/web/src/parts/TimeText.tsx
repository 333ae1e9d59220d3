import type { JSX } from 'preact'

/** A time in the zone of this machine, in UTC on hover. */
export function TimeText({ ms }: { readonly ms: number }): JSX.Element {
  const time = new Date(ms)
  return (
    <time dateTime={time.toISOString()} title={time.toUTCString()}>
      {time.toLocaleString()}
    </time>
  )
}
