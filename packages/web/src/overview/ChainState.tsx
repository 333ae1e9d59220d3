import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { useNow } from '../chain/useNow.ts'
import { Mark } from '../parts/Mark.tsx'
import { formatAge } from '../text/formatAge.ts'
import { formatCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'

const LEDGER = 'Sums over all balances have no proof: this is what the node says.'

/** Where the chain stands: its newest proven block and its coins. */
export function ChainState(): JSX.Element {
  const { chain, height, state } = useLive()
  const now = useNow()
  // What has no proof waits until what has one is there.
  const isProven = state !== undefined
  const { value: ledger } = useAsked(`ledger ${isProven}`, height, async () =>
    isProven ? chain.client.ledgerUnverified() : undefined,
  )
  return (
    <dl class="facts chain" aria-label="Chain">
      {state === undefined ? null : (
        <div>
          <dt>proven block</dt>
          <dd>
            {formatWhole(state.at.height)}, {formatAge(Number(state.at.timeMs), now)}{' '}
            <Mark trust={{ kind: 'verified', at: state.at }} />
          </dd>
        </div>
      )}
      {ledger === undefined ? null : (
        <div>
          <dt>supply</dt>
          <dd>
            {formatCoins(BigInt(ledger.supply))} <Mark trust={{ kind: 'unverified', why: LEDGER }} />
          </dd>
        </div>
      )}
    </dl>
  )
}
