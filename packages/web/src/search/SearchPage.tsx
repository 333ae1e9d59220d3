import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { plainText } from '../text/plainText.ts'
import { find } from './find.ts'
import { soughtText, understand } from './understand.ts'

/** What was found for some words; a single thing that was named exactly is shown at once. */
export function SearchPage({ words }: { readonly words: string }): JSX.Element {
  const { chain, state } = useLive()
  const sought = understand(words)
  const { value: finds, error } = useAsked(`search ${words}`, state !== undefined, async () =>
    state === undefined ? undefined : find(chain, state, sought),
  )
  const [only, ...more] = finds ?? []
  const goal = more.length === 0 && sought.kind !== 'words' ? only?.href : undefined
  useEffect(() => {
    if (goal !== undefined) location.replace(goal)
  }, [goal])
  return (
    <>
      <h1>Search</h1>
      <p>
        {sought.kind === 'nothing' ? '' : `“${plainText(words, 100)}” is understood as `}
        {soughtText(sought)}.
      </p>
      {error === undefined ? null : <Failure error={error} />}
      {finds === undefined && error === undefined ? <p class="quiet">Looking…</p> : null}
      {finds?.length === 0 && sought.kind !== 'nothing' ? <p role="status">Nothing was found on this chain.</p> : null}
      <ul class="finds">
        {finds?.map(({ title, href, note, trust }) => (
          <li key={href}>
            <a href={href}>{title}</a> <small>{note}</small> <Mark trust={trust} />
          </li>
        ))}
      </ul>
    </>
  )
}
