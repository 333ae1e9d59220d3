import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { useBlockPace } from '../chain/useBlockPace.ts'
import { useNow } from '../chain/useNow.ts'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { formatSpan } from '../text/formatAge.ts'
import { formatCoins } from '../text/formatCoins.ts'
import { type Phase, type PhaseName, standingOf } from './phases.ts'

const words: Readonly<Record<PhaseName, string>> = {
  predict: 'models predict',
  commit: 'models commit',
  reveal: 'models reveal',
  wait: 'waiting for the truth',
  truth: 'reputers report the truth',
  'truth commit': 'reputers commit the truth',
  'truth reveal': 'reputers reveal the truth',
  settle: 'settled',
}

type Props = {
  readonly id: bigint
  /** Nonce of the newest settled epoch; 0 before the first. */
  readonly settled: bigint
}

/** The epochs under way, each with its phases and how long the one lasts that it is in. */
export function OpenEpochs({ id, settled }: Props): JSX.Element | null {
  const { chain, height } = useLive()
  const { value } = useAsked(`windows ${id}`, height, async () => ({
    windows: await chain.client.windowsUnverified(id),
    atMs: Date.now(),
  }))
  const paceMs = useBlockPace()
  const now = useNow()
  if (value === undefined || value.windows.epochs.length === 0) return null
  const { windows, atMs } = value
  return (
    <section aria-labelledby="now">
      <h2 id="now">
        Under way <Mark trust={unverifiedList} />
      </h2>
      {windows.epochs.map((epoch) => (
        <EpochSteps
          key={String(epoch.nonce)}
          epoch={epoch}
          height={windows.height}
          paceMs={paceMs}
          sinceMs={now - atMs}
        />
      ))}
      {settled === 0n ? null : (
        <p class="quiet">
          Settled last: <a href={`#/topic/${id}/epoch/${settled}`}>epoch {String(settled)}</a>
        </p>
      )}
    </section>
  )
}

type StepsProps = {
  readonly epoch: OpenEpoch
  readonly height: bigint
  readonly paceMs: number | undefined
  /** How long ago the node said so. */
  readonly sinceMs: number
}

function EpochSteps({ epoch, height, paceMs, sinceMs }: StepsProps): JSX.Element {
  const { phases, now, blocks } = standingOf(epoch, height)
  const left = paceMs === undefined ? '' : `, about ${formatSpan(Math.max(0, Number(blocks) * paceMs - sinceMs))}`
  return (
    <div class="epoch-steps">
      <h3>
        Epoch {String(epoch.nonce)} <small>may pay {formatCoins(BigInt(epoch.pot))}</small>
      </h3>
      <ol class="steps">
        {phases.map(({ name, from, to }, i) => (
          <li
            key={name}
            class={i < now ? 'past' : i === now ? 'now' : ''}
            {...(i === now ? { 'aria-current': 'step' } : {})}
          >
            {words[name]}
            <small>{i === now ? `${countOf(blocks)} to go${left}` : rangeOf({ name, from, to })}</small>
          </li>
        ))}
      </ol>
      {epoch.sealedWork + epoch.sealedTruth === 0 ? null : (
        <p class="quiet">{epoch.sealedWork + epoch.sealedTruth} sealed submissions wait for their reveal.</p>
      )}
    </div>
  )
}

function rangeOf({ from, to }: Phase): string {
  return from === to ? `block ${from}` : `blocks ${from} to ${to}`
}

function countOf(blocks: bigint): string {
  return `${blocks} ${blocks === 1n ? 'block' : 'blocks'}`
}
