import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'

/** The epochs that are open now, each with its phase and how many blocks that lasts. */
export function OpenEpochs({ id }: { readonly id: bigint }): JSX.Element | null {
  const { chain, height } = useLive()
  const { value } = useAsked(`windows ${id}`, height, () => chain.client.windowsUnverified(id))
  if (value === undefined || value.epochs.length === 0) return null
  return (
    <section aria-labelledby="now">
      <h2 id="now">
        Under way <Mark trust={unverifiedList} />
      </h2>
      <ul class="phases">
        {value.epochs.map((epoch) => (
          <li key={String(epoch.nonce)}>
            Epoch {String(epoch.nonce)}: {phaseText(epoch, value.height)}; it may pay {formatCoins(BigInt(epoch.pot))}.
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What an open epoch waits for, seen from a block. */
export function phaseText({ workerClose, truthOpen, truthClose }: OpenEpoch, height: bigint): string {
  if (height < workerClose) return `models predict, for ${blocks(workerClose - height)} more`
  if (height < truthOpen) return `the answer stands; the truth can be reported in ${blocks(truthOpen - height)}`
  if (height < truthClose) return `reputers report what happened, for ${blocks(truthClose - height)} more`
  return 'it is about to be settled'
}

function blocks(count: bigint): string {
  return `${count} ${count === 1n ? 'block' : 'blocks'}`
}
