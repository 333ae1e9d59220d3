import type { ComponentChildren, JSX } from 'preact'
import { Banner } from './Banner.tsx'
import { ageOf, isQuiet } from './chain/conditionOf.ts'
import { useLive } from './chain/openChain.ts'
import { useAsked } from './chain/useAsked.ts'
import type { Heard } from './chain/useHeight.ts'
import { useNow } from './chain/useNow.ts'
import { useProbe } from './chain/useProbe.ts'

type Props = {
  readonly heard: Heard
  /** Why no newer state could be proven. */
  readonly error: Error | undefined
  readonly reopen: (forgetPin: boolean) => void
  readonly children: ComponentChildren
}

/** Blocks whose times tell how long one usually takes. */
const SAMPLE = 5n

/** The view in its place, greyer the longer nothing was heard of the chain, under a banner where something is wrong. */
export function Shell({ heard, error, reopen, children }: Props): JSX.Element {
  const { chain, state } = useLive()
  const now = useNow()
  const { value: usualMs = 0 } = useAsked('usual', state !== undefined, async () => {
    if (state === undefined || state.at.height <= SAMPLE) return undefined
    const earlier = await state.timeOf(state.at.height - SAMPLE)
    return Number(state.at.timeMs - earlier) / Number(SAMPLE)
  })
  const quietMs = now - heard.atMs
  const age = ageOf(quietMs, usualMs)
  const probe = useProbe(chain, isQuiet(quietMs), now)
  const shown = age === 'fresh' && probe?.kind === 'away' ? 'late' : age
  return (
    <>
      <Banner heard={heard} error={error} age={age} quietMs={quietMs} probe={probe} reopen={reopen} />
      <main id="main" tabIndex={-1} data-age={shown}>
        {children}
      </main>
    </>
  )
}
