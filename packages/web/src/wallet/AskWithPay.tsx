import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Receipt } from '@starling/protocol/gen/starling/v1/payments_pb'
import { requestInference } from '@starling/sdk/payments/requestInference'
import { snapshotAfter } from '@starling/sdk/payments/snapshotAfter'
import type { VerifiedAt } from '@starling/sdk/proof/snapshot'
import { createSender } from '@starling/sdk/sender/createSender'
import type { Wallet } from '@starling/sdk/types'
import type { JSX } from 'preact'
import { type Chain, useLive } from '../chain/openChain.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber, formatWhole } from '../text/formatNumber.ts'
import { parseAllo } from '../text/parseAllo.ts'
import { plainText, shortName } from '../text/plainText.ts'
import { useSending } from './useSending.ts'

type Props = { readonly wallet: Wallet; readonly id: bigint }

/** What was bought, as one verified header proves it. */
type Bought = {
  readonly receipt: Receipt
  readonly answer: Answer | undefined
  readonly hash: string
  readonly at: VerifiedAt
}

/** Buys the newest answer of a topic and shows the receipt. */
export function AskWithPay({ wallet, id }: Props): JSX.Element {
  const { chain } = useLive()
  const [sending, send] = useSending<Bought>()
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const fields = new FormData(event.currentTarget)
    send(() => buy(chain, wallet, id, fields))
  }
  return (
    <>
      <h3>Buy the newest answer</h3>
      <form class="choices" onSubmit={onSubmit}>
        <label>
          Pay in ALLO <input name="pay" inputMode="decimal" defaultValue="0.01" size={8} autocomplete="off" />
        </label>{' '}
        <label>
          At most so many blocks old{' '}
          <input name="age" inputMode="numeric" defaultValue="20" size={5} autocomplete="off" />
        </label>{' '}
        <label>
          Your mark <input name="reference" maxLength={64} size={12} autocomplete="off" />
        </label>{' '}
        <button type="submit" disabled={sending.kind === 'sending'}>
          Buy
        </button>
      </form>
      <div aria-live="polite">
        {sending.kind === 'sending' ? <p class="quiet">Signed and sent; waiting for its block and its proof…</p> : null}
        {sending.kind === 'failed' ? <Failure error={sending.error} /> : null}
        {sending.kind === 'done' ? <ReceiptView bought={sending.value} /> : null}
      </div>
    </>
  )
}

async function buy({ client }: Chain, wallet: Wallet, topicId: bigint, fields: FormData): Promise<Bought> {
  const pay = parseAllo(String(fields.get('pay')))
  const age = String(fields.get('age')).trim()
  if (pay === undefined) throw new Error('Give what the answer is worth to you in ALLO, such as 0.01; 0 is allowed.')
  if (!/^[1-9]\d{0,17}$/.test(age)) throw new Error('Give the oldest that the answer may be, in blocks from 1 on.')
  const sender = createSender({ client, wallet })
  const reference = String(fields.get('reference'))
  const { receiptId, nonce, tx } = await requestInference(sender, { topicId, pay, maxAge: BigInt(age), reference })
  const state = await snapshotAfter(client, tx.height)
  const [receipt, answer] = await Promise.all([state.receipt(receiptId), state.answer(topicId, nonce)])
  if (receipt === undefined) throw new Error(`It is proven that there is no receipt ${receiptId}: the node has lied.`)
  return { receipt, answer, hash: tx.hash, at: state.at }
}

function ReceiptView({ bought: { receipt, answer, hash, at } }: { readonly bought: Bought }): JSX.Element {
  const facts: readonly (readonly [string, string])[] = [
    ['answer', (answer?.values ?? []).map(formatNumber).join(', ') || '–'],
    ['of epoch', String(receipt.nonce)],
    ['paid', formatCoins(BigInt(receipt.pay || '0'))],
    ['by', shortName(receipt.payer)],
    ['in block', formatWhole(receipt.height)],
    ['mark', plainText(receipt.reference, 64) || '–'],
  ]
  return (
    <div class="receipt">
      <p class="verdict">
        ✓ Receipt {String(receipt.id)} <Mark trust={{ kind: 'verified', at }} />
      </p>
      <dl class="facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={`#/tx/${hash}`}>Its transaction</a>
      </p>
    </div>
  )
}
