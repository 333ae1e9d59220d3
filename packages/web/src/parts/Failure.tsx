import type { JSX } from 'preact'
import { plainText } from '../text/plainText.ts'
import { Mark, trustOf } from './Mark.tsx'

/** Why there is nothing to show. */
export function Failure({ error }: { readonly error: Error }): JSX.Element {
  const trust = trustOf(error)
  return (
    <div class="failure" role="alert">
      {trust.kind === 'refuted' ? <Mark trust={trust} /> : null}
      <p>{plainText(error.message, 600)}</p>
    </div>
  )
}
