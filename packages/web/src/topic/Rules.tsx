import type { VerifiedAt } from '@starling/sdk/proof/snapshot'
import type { JSX } from 'preact'
import { Mark } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { TopicFacts } from './topicFacts.ts'

type Props = { readonly facts: TopicFacts; readonly at: VerifiedAt | undefined }

/** The topic's policy, resolution rule and parameters: fixed when it was created. */
export function Rules({ facts: { policy, epochLength, parameters }, at }: Props): JSX.Element {
  const rows: readonly (readonly [string, string])[] = [
    ['unit', policy.unit],
    ['horizon', policy.horizon],
    ['what counts as true', policy.resolution],
    ['loss', policy.loss],
    ['from', formatNumber(policy.domain[0])],
    ['to', formatNumber(policy.domain[1])],
    ['an epoch every', `${epochLength} blocks`],
    ['truth', policy.truth],
    ['submissions', policy.submissions],
    ['pay', policy.pay],
    ['synthesis', policy.synthesis],
    ['reports agree within', formatNumber(policy.tolerance)],
    ['reputers at least', formatNumber(policy.minReputers)],
    ['their stake at least', formatCoins(policy.minStake)],
    ['intervals', policy.intervals],
    ['memory of the rules', `${policy.memory} epochs`],
    ...parameters,
  ]
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">Rules {at === undefined ? null : <Mark trust={{ kind: 'verified', at }} />}</h2>
      <dl class="rules">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{plainText(text) || '–'}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
