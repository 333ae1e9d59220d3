import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { VerifiedAt } from '@starling/sdk/proof/snapshot'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber, formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { type TopicFacts, topicFacts } from '../topic/topicFacts.ts'
import { Money } from './Money.tsx'
import { ParticipantTables } from './ParticipantTables.tsx'
import { VerifyHere } from './VerifyHere.tsx'

/** One closed epoch: what went in, what came out, and whether it is right. */
export function EpochPage({ id, nonce }: { readonly id: bigint; readonly nonce: bigint }): JSX.Element {
  const { state } = useLive()
  // A record never changes: it is asked for with each block until it is there.
  const found = useRef(false)
  const { value, error } = useAsked(`epoch ${id} ${nonce}`, found.current || state, async () => {
    if (state === undefined) return undefined
    const [topic, record] = await Promise.all([state.topic(id), state.epoch(id, nonce)])
    found.current = record !== undefined
    return { at: state.at, facts: topic === undefined ? undefined : topicFacts(topic), record }
  })
  const { facts, record, at } = value ?? {}
  return (
    <>
      <h1>
        Epoch {String(nonce)} of{' '}
        <a href={`#/topic/${id}`}>{facts === undefined ? `topic ${id}` : plainText(facts.name, 80)}</a>
      </h1>
      {error === undefined ? null : <Failure error={error} />}
      {value === undefined && error === undefined ? <p class="quiet">Asking for the record…</p> : null}
      {at === undefined ? null : <Mark trust={{ kind: 'verified', at }} />}
      {facts === undefined || record === undefined ? null : <Closed facts={facts} record={record} />}
      {at !== undefined && record === undefined ? <NoRecord at={at} /> : null}
    </>
  )
}

function NoRecord({ at }: { readonly at: VerifiedAt }): JSX.Element {
  return (
    <p>
      The state before block {formatWhole(at.height)} has no record of this epoch: it is not closed yet, or it has left
      the state as old records do.
    </p>
  )
}

function Closed({ facts, record }: { readonly facts: TopicFacts; readonly record: EpochRecord }): JSX.Element {
  const { truth, truthLabel, network, losses, pot, unpaid, previousNonce } = record
  const rows: readonly (readonly [string, string])[] = [
    ['status', record.status],
    ...(record.reason === '' ? [] : [['why', record.reason] as const]),
    ['answer', (network?.combined ?? []).map(formatNumber).join(', ') || '–'],
    ['truth', truthLabel === '' ? formatNumber(truth) : truthLabel],
    ['loss', formatNumber(losses?.combined)],
    ['of the plain mean', formatNumber(losses?.naive)],
    ['could pay', formatCoins(BigInt(pot || '0'))],
    ['unpaid', formatCoins(BigInt(unpaid || '0'))],
    ['settled in block', formatWhole(record.settledHeight)],
  ]
  return (
    <>
      <dl class="facts">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{plainText(text)}</dd>
          </div>
        ))}
      </dl>
      {previousNonce === 0n ? null : (
        <p>
          <a href={`#/topic/${facts.id}/epoch/${previousNonce}`}>The epoch before, {String(previousNonce)}</a>
        </p>
      )}
      <VerifyHere facts={facts} nonce={record.nonce} />
      <Money record={record} />
      <ParticipantTables topicId={facts.id} record={record} />
    </>
  )
}
