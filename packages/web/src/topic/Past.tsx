import type { Answer, EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Chart } from '../parts/Chart.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import type { View } from '../parts/zoom.ts'
import { plainText } from '../text/plainText.ts'
import { Calibration } from './Calibration.tsx'
import { EpochTable } from './EpochTable.tsx'
import { LossLadder } from './LossLadder.tsx'
import { OpenEpochs } from './OpenEpochs.tsx'
import { SpanChoice } from './SpanChoice.tsx'
import { levelsOf, percentOf, toSeries } from './series.ts'
import { spans } from './spans.ts'
import type { TopicFacts } from './topicFacts.ts'
import { useAnswers } from './useAnswers.ts'
import { useRecords } from './useRecords.ts'
import { toWeights } from './weights.ts'

/** The interval that is drawn first. */
const LEVEL = 0.8

/** What a topic is doing now and how it did: open epochs, answers against truth, loss ladder, weights, epochs. */
export function Past({ facts }: { readonly facts: TopicFacts }): JSX.Element {
  const { chain, height } = useLive()
  const [epochs, setEpochs] = useState<number>(spans[0])
  const [output, setOutput] = useState(0)
  const topic = useAsked(`view ${facts.id}`, height, () => chain.client.topicUnverified(facts.id)).value
  const newest = topic?.newestNonce ?? 0n
  const span = { topicId: facts.id, epochs, epochLength: facts.epochLength, newest }
  const { value: records, error } = useRecords(span)
  const answers = useAnswers(span)
  const settled = topic?.lastSettled ?? 0n
  return (
    <>
      <OpenEpochs id={facts.id} settled={settled} />
      <section aria-labelledby="past">
        <h2 id="past">
          Answers and truth <Mark trust={unverifiedList} />
        </h2>
        <p class="choices">
          <SpanChoice epochs={epochs} choose={setEpochs} />{' '}
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
          <Charts facts={facts} records={records} answers={answers} output={output} />
        )}
      </section>
      <Calibration facts={facts} settled={settled} />
    </>
  )
}

type ChartsProps = {
  readonly facts: TopicFacts
  readonly records: readonly EpochRecord[]
  readonly answers: readonly Answer[]
  readonly output: number
}

function Charts({ facts, records, answers, output }: ChartsProps): JSX.Element {
  const [level, setLevel] = useState<number | undefined>(LEVEL)
  const [view, setView] = useState<View | undefined>(undefined)
  const levels = useMemo(() => levelsOf(answers), [answers])
  const series = useMemo(
    () => toSeries(records, facts, { output, answers, ...(level === undefined ? {} : { level }) }),
    [records, facts, output, answers, level],
  )
  const weights = useMemo(() => toWeights(records), [records])
  const inView = useMemo(
    () => (view === undefined ? records : records.filter(({ nonce }) => isIn(view, Number(nonce)))),
    [records, view],
  )
  const [first, last] = [inView[0]?.nonce, inView.at(-1)?.nonce]
  const span = first === undefined ? 'none' : `${first} to ${last}`
  return (
    <>
      {levels.length === 0 ? null : (
        <p class="choices">
          <label>
            Interval{' '}
            <select
              value={level ?? ''}
              onChange={({ currentTarget: { value } }) => setLevel(value === '' ? undefined : Number(value))}
            >
              {levels.map((one) => (
                <option key={one} value={one}>
                  {percentOf(one)}
                </option>
              ))}
              <option value="">none</option>
            </select>
          </label>
        </p>
      )}
      <Chart
        label={`Answers of the network and what happened, epochs ${span}; its numbers stand below`}
        data={series}
        file={`topic-${facts.id}.csv`}
        onView={setView}
      />
      <p class="quiet">The ladder is over the epochs in view: {span}. Zoom the chart to choose others.</p>
      <LossLadder facts={facts} records={inView} />
      <h3>Shares in the answer</h3>
      <Chart
        label={`What part of the answer each worker had, epochs ${records[0]?.nonce} to ${records.at(-1)?.nonce}; its numbers stand below`}
        data={weights}
        file={`topic-${facts.id}-weights.csv`}
      />
      <EpochTable facts={facts} records={records} />
    </>
  )
}

function isIn({ min, max }: View, nonce: number): boolean {
  return nonce >= min && nonce <= max
}
