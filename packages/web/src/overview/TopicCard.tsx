import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { Sparkline } from '../parts/Sparkline.tsx'
import { formatNumber, formatRoughly } from '../text/formatNumber.ts'
import { plainText, shortName } from '../text/plainText.ts'
import type { TopicFacts } from '../topic/topicFacts.ts'
import { useProven } from '../topic/useProven.ts'
import { BriefAnswer } from './BriefAnswer.tsx'
import { summariseLosses } from './lossSummary.ts'

const EPOCHS = 64n

/** One topic of the first page: its question, its answer, and how good the network is at it. */
export function TopicCard({ id, view }: { readonly id: bigint; readonly view: TopicView }): JSX.Element {
  const proven = useProven(id)
  const facts = proven.value?.facts
  return (
    <article class="card" aria-labelledby={`topic-${id}`}>
      <h2 id={`topic-${id}`}>
        <a href={`#/topic/${id}`}>{plainText(facts?.name ?? view.topic?.name ?? '', 80)}</a>{' '}
        <small>topic {String(id)}</small>
      </h2>
      {facts === undefined ? null : <Question facts={facts} />}
      <BriefAnswer proven={proven} />
      {/* What has no proof waits until what has one is there. */}
      {proven.value === undefined ? null : <Losses id={id} />}
    </article>
  )
}

/** What a topic asks, in the words of its policy. */
export function Question({ facts: { policy } }: { readonly facts: TopicFacts }): JSX.Element {
  const horizon = policy.horizon === '' ? '' : `For the ${plainText(policy.horizon, 80)}: `
  return <p class="question">{`${horizon}${plainText(policy.resolution) || `a ${plainText(policy.unit, 40)}`}`}</p>
}

function Losses({ id }: { readonly id: bigint }): JSX.Element | null {
  const { chain, height } = useLive()
  const { value: view } = useAsked(`view ${id}`, height, () => chain.client.topicUnverified(id))
  const settled = view?.settledEpochs
  const { value: epochs } = useAsked(`losses ${id}`, settled, async () =>
    settled === undefined ? undefined : chain.client.lossesUnverified(id, { limit: Number(EPOCHS) }),
  )
  const summary = epochs === undefined ? undefined : summariseLosses(epochs)
  if (epochs === undefined || summary === undefined) return null
  const { best, network, naive } = summary
  return (
    <div class="losses">
      <Sparkline
        values={epochs.map(({ combined }) => combined)}
        label={`Loss of the network in the last ${epochs.length} epochs, newest ${formatNumber(epochs.at(-1)?.combined)}`}
      />
      <p>
        Mean loss {formatRoughly(network)} over {summary.epochs} {summary.epochs === 1 ? 'epoch' : 'epochs'}{' '}
        <Mark trust={unverifiedList} />
      </p>
      <ul class="against">
        <li>
          <b>{timesText(network, naive)}</b> that of the plain mean
        </li>
        {best === undefined ? null : (
          <li>
            <b>{timesText(best.network, best.loss)}</b> that of the best model in hindsight,{' '}
            <a href={`#/account/${best.address}`}>{shortName(best.address)}</a>
          </li>
        )}
      </ul>
    </div>
  )
}

/** The network's loss by another's: below 1 it is better. */
function timesText(network: number, other: number): string {
  return other > 0 ? `${(network / other).toFixed(3)} ×` : `${formatRoughly(network - other)} beside`
}
