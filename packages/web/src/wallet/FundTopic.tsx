import { fundTopic } from '@starling/sdk/payments/fundTopic'
import { createSender } from '@starling/sdk/sender/createSender'
import type { LandedTx, Wallet } from '@starling/sdk/types'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { Failure } from '../parts/Failure.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { parseAllo } from '../text/parseAllo.ts'
import { useSending } from './useSending.ts'

type Props = { readonly wallet: Wallet; readonly id: bigint }

/** Pays coins into a topic. */
export function FundTopic({ wallet, id }: Props): JSX.Element {
  const { chain } = useLive()
  const [sending, send] = useSending<LandedTx>()
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const amount = parseAllo(String(new FormData(event.currentTarget).get('amount')))
    send(async () => {
      if (amount === undefined || amount === 0n) throw new Error('Give an amount in ALLO above 0, such as 2.5.')
      return fundTopic(createSender({ client: chain.client, wallet }), { topicId: id, amount })
    })
  }
  return (
    <>
      <h3>Fund this topic</h3>
      <form class="choices" onSubmit={onSubmit}>
        <label>
          Amount in ALLO <input name="amount" inputMode="decimal" defaultValue="5" size={8} autocomplete="off" />
        </label>{' '}
        <button type="submit" disabled={sending.kind === 'sending'}>
          Fund
        </button>
      </form>
      <div aria-live="polite">
        {sending.kind === 'sending' ? <p class="quiet">Signed and sent; waiting for its block…</p> : null}
        {sending.kind === 'failed' ? <Failure error={sending.error} /> : null}
        {sending.kind === 'done' ? (
          <p class="verdict">
            ✓ Paid in block {formatWhole(sending.value.height)}:{' '}
            <a href={`#/tx/${sending.value.hash}`}>its transaction</a>
          </p>
        ) : null}
      </div>
    </>
  )
}
