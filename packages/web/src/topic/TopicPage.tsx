import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Question } from '../overview/TopicCard.tsx'
import { Chart } from '../parts/Chart.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { plainText } from '../text/plainText.ts'
import { EpochTable } from './EpochTable.tsx'
import { LossLadder } from './LossLadder.tsx'
import { OpenEpochs } from './OpenEpochs.tsx'
import { ProvenAnswer, useProven } from './ProvenAnswer.tsx'
import { Rules } from './Rules.tsx'
import { toSeries } from './series.ts'
import type { TopicFacts } from './topicFacts.ts'
import { useRecords } from './useRecords.ts'

const spans = [64, 256, 1024] as const

/** One topic: its answer, how it did over time, who is good at it, and its rules. */
export function TopicPage({ id }: { readonly id: bigint }): JSX.Element {
  const proven = useProven(id)
  const facts = proven.value?.facts
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
          <OpenEpochs id={id} />
          <Past facts={facts} />
          <Rules facts={facts} at={proven.value?.at} />
        </>
      )}
    </>
  )
}

function Past({ facts }: { readonly facts: TopicFacts }): JSX.Element {
  const { chain, height } = useLive()
  const [epochs, setEpochs] = useState<number>(spans[0])
  const [output, setOutput] = useState(0)
  const view = useAsked(`view ${facts.id}`, height, () => chain.client.topicUnverified(facts.id)).value
  const newest = view?.newestNonce ?? 0n
  const { value: records, error } = useRecords({ topicId: facts.id, epochs, epochLength: facts.epochLength, newest })
  const chart = useMemo(() => toSeries(records ?? [], facts, output), [records, facts, output])
  const [first, last] = [records?.[0]?.nonce, records?.at(-1)?.nonce]
  return (
    <section aria-labelledby="past">
      <h2 id="past">
        Answers and truth <Mark trust={unverifiedList} />
      </h2>
      <p class="choices">
        <label>
          Epochs{' '}
          <select value={epochs} onChange={({ currentTarget }) => setEpochs(Number(currentTarget.value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                the last {span}
              </option>
            ))}
          </select>
        </label>{' '}
        {facts.outputs.length === 0 ? null : (
          <label>
            Shown{' '}
            <select value={output} onChange={({ currentTarget }) => setOutput(Number(currentTarget.value))}>
              {facts.outputs.map((name, i) => (
                <option key={name} value={i}>
                  {plainText(name, 40)}
                </option>
              ))}
            </select>
          </label>
        )}
      </p>
      {error === undefined ? null : <Failure error={error} />}
      {records === undefined || records.length === 0 ? (
        <p class="quiet">
          {records === undefined ? 'Asking for the epochs…' : 'No epoch of this topic has closed yet.'}
        </p>
      ) : (
        <>
          <Chart
            label={`Answers of the network and what happened, epochs ${first} to ${last}; the table of epochs has the numbers`}
            data={chart}
            file={`topic-${facts.id}.csv`}
          />
          <LossLadder facts={facts} records={records} />
          <EpochTable facts={facts} records={records} />
        </>
      )}
    </section>
  )
}
