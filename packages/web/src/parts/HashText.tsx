import type { JSX } from 'preact'
import { shortName } from '../text/plainText.ts'

type Props = {
  /** In hexadecimal. */
  readonly hash: string
  readonly href?: string
}

/** A hash by its ends, whole on hover, with a link where it leads anywhere. */
export function HashText({ hash, href }: Props): JSX.Element {
  const text = (
    <span class="hash" title={hash}>
      {shortName(hash)}
    </span>
  )
  return href === undefined ? text : <a href={href}>{text}</a>
}
