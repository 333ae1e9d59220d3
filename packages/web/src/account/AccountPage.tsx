import { parseAddress } from '@starling/protocol/crypto/address'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { plainText } from '../text/plainText.ts'
import { topicFacts } from '../topic/topicFacts.ts'
import { Roles } from './Roles.tsx'
import { Why } from './Why.tsx'

type Epoch = { readonly topicId: bigint; readonly nonce: bigint }

type Props = {
  readonly address: string
  /** The epoch that is to be explained. */
  readonly why?: Epoch
}

/** An account: its coins, what it is in each topic, and why it was paid what it was. */
export function AccountPage({ address, why }: Props): JSX.Element {
  if (parseAddress(address) === undefined) {
    return (
      <>
        <h1>No account</h1>
        <p>“{plainText(address, 80)}” is no address of this chain; one begins with allo1.</p>
      </>
    )
  }
  return (
    <>
      <h1>Account</h1>
      <p class="hash">{address}</p>
      <Balance address={address} />
      {why === undefined ? null : <Explained address={address} why={why} />}
      <Roles address={address} />
    </>
  )
}

function Balance({ address }: { readonly address: string }): JSX.Element {
  const { state } = useLive()
  const { value, error } = useAsked(`balance ${address}`, state, async () =>
    state === undefined ? undefined : { at: state.at, uallo: await state.balance(address) },
  )
  if (value === undefined) {
    return error === undefined ? <p class="quiet">Asking for the balance…</p> : <Failure error={error} />
  }
  return (
    <p>
      Balance {formatCoins(value.uallo)}{' '}
      <Mark trust={error === undefined ? { kind: 'verified', at: value.at } : trustOf(error)} />
    </p>
  )
}

function Explained({ address, why }: { readonly address: string; readonly why: Epoch }): JSX.Element {
  const { topicId, nonce } = why
  const { state } = useLive()
  const { value, error } = useAsked(`facts ${topicId}`, state !== undefined, async () => {
    if (state === undefined) return undefined
    const topic = await state.topic(topicId)
    return { facts: topic === undefined ? undefined : topicFacts(topic) }
  })
  if (error !== undefined) return <Failure error={error} />
  if (value === undefined) return <p class="quiet">Asking for the topic…</p>
  if (value.facts === undefined) return <p>There is no topic {String(topicId)} on this chain.</p>
  return <Why key={`${topicId} ${nonce}`} facts={value.facts} nonce={nonce} address={address} />
}
