import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Failure } from './Failure.tsx'

type Props<P extends object> = {
  /** Loads the part of the page that draws this; it is asked for once. */
  readonly load: () => Promise<ComponentType<P>>
  readonly props: P
}

type Loaded<P> = { readonly view?: ComponentType<P>; readonly error?: Error }

/** A view whose code is fetched when it is drawn, so that the first view stays small. */
export function Later<P extends object>({ load, props }: Props<P>): JSX.Element {
  const [{ view: View, error }, setLoaded] = useState<Loaded<P>>({})
  useEffect(() => {
    load().then(
      (view) => setLoaded({ view }),
      (fault: unknown) => {
        const why = fault instanceof Error ? fault.message : String(fault)
        setLoaded({ error: new Error(`This part of the page could not be loaded: ${why}. Load the page again.`) })
      },
    )
  }, [load])
  if (View !== undefined) return <View {...props} />
  return error === undefined ? <p class="quiet">Loading…</p> : <Failure error={error} />
}
