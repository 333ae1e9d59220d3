import type { JSX } from 'preact'
import { useLive } from './chain/openChain.ts'
import { useAsked } from './chain/useAsked.ts'
import type { Heard } from './chain/useHeight.ts'
import { useNow } from './chain/useNow.ts'
import { formatSpan } from './text/formatAge.ts'
import { plainText } from './text/plainText.ts'

/** Without a block for so long something is wrong with the node, or with the way to it. */
const QUIET_MS = 15_000

type Props = {
  readonly heard: Heard
  /** Why no newer state could be proven. */
  readonly error: Error | undefined
  readonly reopen: (forgetPin: boolean) => void
}

/** Says what is wrong with the node, where something is: away, silent, begun anew, lying, or closed to this page. */
export function Banner({ heard, error, reopen }: Props): JSX.Element | null {
  const { chain } = useLive()
  const now = useNow()
  const quiet = now - heard.atMs > QUIET_MS
  const closed = useAsked(chain.address.url, error?.message, async () =>
    error === undefined ? false : isClosedToPages(chain.address.url),
  )
  const said = heard.lost ?? (closed.value === true ? closedText(chain.address.url) : error?.message)
  if (said === undefined && !quiet) return null
  const silence = `No new block for ${formatSpan(now - heard.atMs)}: what stands here grows old.`
  return (
    <div class="banner" role="alert">
      <p>
        {quiet ? `${silence} ` : ''}
        {said === undefined
          ? `The node at ${plainText(chain.address.url)} makes none, or cannot be heard.`
          : plainText(said, 600)}
      </p>
      <button type="button" onClick={() => reopen(false)}>
        Connect again
      </button>
      {error !== undefined && isOtherChain(error) ? (
        <button type="button" onClick={() => reopen(true)}>
          It began anew: forget the pin
        </button>
      ) : null}
    </div>
  )
}

const isOtherChain = (error: Error): boolean => 'kind' in error && error.kind === 'refuted'

/** A server that answers, but not to pages of this origin: the browser keeps the answer from us. */
async function isClosedToPages(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/starling/v1/fees`, { mode: 'no-cors', signal: AbortSignal.timeout(5000) })
  } catch {
    return false
  }
  try {
    await fetch(`${url}/starling/v1/fees`, { signal: AbortSignal.timeout(5000) })
    return false
  } catch {
    return true
  }
}

function closedText(url: string): string {
  return `The node at ${url} answers, but lets no page of ${location.origin} read. Its operator can allow that with --cors ${location.origin}.`
}
