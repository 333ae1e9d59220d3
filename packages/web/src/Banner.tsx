import type { JSX } from 'preact'
import type { Age } from './chain/conditionOf.ts'
import { useLive } from './chain/openChain.ts'
import { useAsked } from './chain/useAsked.ts'
import type { Heard } from './chain/useHeight.ts'
import type { Probe } from './chain/useProbe.ts'
import { whoIsClosed } from './chain/whoIsClosed.ts'
import { formatSpan } from './text/formatAge.ts'
import { formatWhole } from './text/formatNumber.ts'
import { plainText } from './text/plainText.ts'

type Props = {
  readonly heard: Heard
  /** Why no newer state could be proven. */
  readonly error: Error | undefined
  readonly age: Age
  /** Since the newest block was heard of, in milliseconds. */
  readonly quietMs: number
  readonly probe: Probe | undefined
  readonly reopen: (forgetPin: boolean) => void
}

/** Says what is wrong with the node, where something is: away, silent, begun anew, lying, or closed to this page. */
export function Banner(props: Props): JSX.Element | null {
  const { heard, error, reopen } = props
  const { chain } = useLive()
  const isAway = props.probe?.kind === 'away'
  const { value: closed } = useAsked(chain.address.url, `${error?.message} ${isAway}`, async () =>
    error === undefined && !isAway ? undefined : whoIsClosed(chain.address),
  )
  const said =
    heard.lost ??
    (closed === undefined ? error?.message : closedText(closed, chain.address)) ??
    quietText(props, chain.address.url)
  if (said === undefined) return null
  return (
    <div class="banner" role="alert">
      <p>{plainText(said, 600)}</p>
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

/** What is to be said of a node that tells of no new block. */
function quietText({ heard, age, quietMs, probe }: Props, url: string): string | undefined {
  const since = formatSpan(quietMs)
  if (probe?.kind === 'away') {
    const shown =
      heard.height === undefined ? '' : ` What stands here is that of block ${formatWhole(heard.height)} and grows old.`
    return `The node at ${url} does not answer, and has told of no block for ${since}.${shown} This page looks for it, and goes on when it is back.`
  }
  if (age !== 'old') return undefined
  if (probe?.isCatchingUp === true) {
    return `The node at ${url} is behind: it is catching up with its network, and is at block ${formatWhole(probe.height)}.`
  }
  return `No new block for ${since}: the node at ${url} makes none, or this page cannot hear it. What stands here grows old.`
}

function closedText(closed: 'rest' | 'rpc', { url, rpc }: { readonly url: string; readonly rpc: string }): string {
  const { origin } = location
  if (closed === 'rest' || rpc.startsWith(url)) {
    return `The node at ${url} answers, but lets no page of ${origin} read. Its operator can allow that with --cors ${origin}.`
  }
  return `The RPC server at ${rpc} answers, but lets no page of ${origin} read. Its operator can allow that with cors_allowed_origins in CometBFT's config.toml, or let this page use ${url}/rpc.`
}
