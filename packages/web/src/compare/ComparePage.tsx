import { comparePair, ways } from '@starling/sdk/records/comparePair'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { plainText, shortName } from '../text/plainText.ts'
import { SpanChoice } from '../topic/SpanChoice.tsx'
import { spans } from '../topic/spans.ts'
import type { TopicFacts } from '../topic/topicFacts.ts'
import { useProven } from '../topic/useProven.ts'
import { useRecords } from '../topic/useRecords.ts'
import { useHashQuery } from '../useHashQuery.ts'
import { PairResult } from './PairResult.tsx'

/** Any two workers or ways to answer of a topic over time; the address of the page names both. */
export function ComparePage({ id }: { readonly id: bigint }): JSX.Element {
  const { value, error } = useProven(id)
  const facts = value?.facts
  return (
    <>
      <h1>Who is better?</h1>
      <p>
        <a href={`#/topic/${id}`}>{facts === undefined ? `Topic ${id}` : plainText(facts.name, 80)}</a>
      </p>
      {facts !== undefined ? <Compared facts={facts} /> : null}
      {facts === undefined && error !== undefined ? <Failure error={error} /> : null}
      {facts === undefined && value !== undefined ? <p>There is no topic {String(id)} on this chain.</p> : null}
    </>
  )
}

function Compared({ facts }: { readonly facts: TopicFacts }): JSX.Element {
  const { chain, height } = useLive()
  const [query, setQuery] = useHashQuery()
  const [epochs, setEpochs] = useState<(typeof spans)[number]>(spans[1])
  const topic = useAsked(`view ${facts.id}`, height, () => chain.client.topicUnverified(facts.id)).value
  const newest = topic?.newestNonce ?? 0n
  const { value: records, error } = useRecords({ topicId: facts.id, epochs, epochLength: facts.epochLength, newest })
  const [a, b] = [query.get('a') || 'network', query.get('b') || 'mean']
  const workers = useMemo(() => workersOf(records ?? []), [records])
  const pair = useMemo(() => comparePair(facts.policy, records ?? [], [a, b]), [facts, records, a, b])
  const choose = (name: 'a' | 'b', side: string): void => setQuery({ a, b, [name]: side })
  return (
    <>
      <p class="choices">
        <Side label="Compare" side={a} workers={workers} choose={(side) => choose('a', side)} />{' '}
        <Side label="with" side={b} workers={workers} choose={(side) => choose('b', side)} />{' '}
        <SpanChoice span={epochs} spans={spans} choose={setEpochs} /> <Mark trust={unverifiedList} />
      </p>
      {error === undefined ? null : <Failure error={error} />}
      {records === undefined && error === undefined ? <p class="quiet">Asking for the epochs…</p> : null}
      {records !== undefined && pair.nonces.length === 0 ? (
        <p class="quiet">There is no settled epoch among these in which both were there.</p>
      ) : null}
      {pair.nonces.length === 0 ? null : (
        <PairResult
          pair={pair}
          names={[nameOf(a), nameOf(b)]}
          loss={facts.policy.loss}
          file={`topic-${facts.id}-compared.csv`}
        />
      )}
    </>
  )
}

type SideProps = {
  readonly label: string
  readonly side: string
  readonly workers: readonly string[]
  readonly choose: (side: string) => void
}

function Side({ label, side, workers, choose }: SideProps): JSX.Element {
  const all = [...ways, ...workers]
  return (
    <label>
      {label}{' '}
      <select value={side} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {(all.includes(side) ? all : [...all, side]).map((one) => (
          <option key={one} value={one}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

function nameOf(side: string): string {
  if (side === 'network') return 'the network'
  if (side === 'mean') return 'the plain mean'
  return side === 'median' ? 'the median' : shortName(side)
}

type Losses = { readonly losses?: { readonly inferers: readonly { readonly address: string }[] } | undefined }

function workersOf(records: readonly Losses[]): readonly string[] {
  return [...new Set(records.flatMap(({ losses }) => losses?.inferers.map(({ address }) => address) ?? []))].sort()
}
