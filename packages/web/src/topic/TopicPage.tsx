import { LOCAL_CHAIN_ID } from '@starling/sdk/wallet/localChainId'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { Question } from '../overview/TopicCard.tsx'
import { Later } from '../parts/Later.tsx'
import { Mark } from '../parts/Mark.tsx'
import { plainText } from '../text/plainText.ts'
import { Payments } from '../wallet/Payments.tsx'
import { Past } from './Past.tsx'
import { ProvenAnswer } from './ProvenAnswer.tsx'
import { Rules } from './Rules.tsx'
import { useProven } from './useProven.ts'

const devWallet = async () => (await import('../wallet/DevWallet.tsx')).DevWallet

/** One topic: its answer, how it did over time, who is good at it, and its rules. */
export function TopicPage({ id }: { readonly id: bigint }): JSX.Element {
  const proven = useProven(id)
  const facts = proven.value?.facts
  const { chain } = useLive()
  // The id of the verified chain, not the one that the node says.
  const isLocal = chain.pins.read(chain.address.rpc)?.chainId === LOCAL_CHAIN_ID
  if (proven.value !== undefined && facts === undefined) {
    return (
      <>
        <h1>Topic {String(id)}</h1>
        <p>
          There is no topic {String(id)} on this chain. <Mark trust={{ kind: 'verified', at: proven.value.at }} />{' '}
          <a href="#/">All topics</a>
        </p>
      </>
    )
  }
  return (
    <>
      <h1>
        {facts === undefined ? `Topic ${id}` : plainText(facts.name, 80)} <small>topic {String(id)}</small>
      </h1>
      {facts === undefined ? null : <Question facts={facts} />}
      <ProvenAnswer proven={proven} />
      {facts === undefined ? null : (
        <>
          <Past facts={facts} />
          <Payments id={id} />
          {isLocal ? <Later key={String(id)} load={devWallet} props={{ id }} /> : null}
          <Rules facts={facts} at={proven.value?.at} />
        </>
      )}
    </>
  )
}
