import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Chart } from '../parts/Chart.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { Calibration } from './Calibration.tsx'
import { HISTORY_PAGE } from './createHistory.ts'
import { EPOCHS_SHOWN, EpochTable } from './EpochTable.tsx'
import { type HistoryColumns, placeOf, sliceColumns } from './historyColumns.ts'
import { OpenEpochs } from './OpenEpochs.tsx'
import { RangeFields } from './RangeFields.tsx'
import { SpanChoice } from './SpanChoice.tsx'
import { SumsOfRange } from './SumsOfRange.tsx'
import { percentOf, toSeries } from './series.ts'
import { longSpans } from './spans.ts'
import type { TopicFacts } from './topicFacts.ts'
import { useHistory } from './useHistory.ts'
import { STILL_MS, useSettled } from './useSettled.ts'
import { useViewChoice, type ViewChoice } from './useViewChoice.ts'

/** The interval that is drawn first. */
const LEVEL = 0.8

/** What a topic is doing now and how it did: open epochs, answers against truth, loss ladder, weights, epochs. */
export function Past({ facts }: { readonly facts: TopicFacts }): JSX.Element {
  const { chain, height } = useLive()
  const topic = useAsked(`view ${facts.id}`, height, () => chain.client.topicUnverified(facts.id)).value
  const settled = topic?.lastSettled ?? 0n
  const closed = topic === undefined ? undefined : topic.settledEpochs + topic.voidEpochs + topic.contestedEpochs
  return (
    <>
      <OpenEpochs id={facts.id} settled={settled} />
      <section aria-labelledby="past">
        <h2 id="past">
          Answers and truth <Mark trust={unverifiedList} />
        </h2>
        {topic === undefined || closed === 0n || closed === undefined ? (
          <p class="quiet">
            {topic === undefined ? 'Asking for the epochs…' : 'No epoch of this topic has closed yet.'}
          </p>
        ) : (
          <Explored facts={facts} topic={topic} closed={closed} />
        )}
      </section>
      <Calibration facts={facts} settled={settled} />
    </>
  )
}

type Props = { readonly facts: TopicFacts; readonly topic: TopicView; readonly closed: bigint }

/** Any part of the past: it is chosen by buttons, pointer, numbers or the address, and loaded as it comes into view. */
function Explored({ facts, topic, closed }: Props): JSX.Element {
  const { known, history } = useHistory(facts, closed)
  const { columns } = known
  const [settled, newest] = [Number(topic.lastSettled), Number(topic.newestNonce)]
  const last = Math.max(settled, columns.nonces.at(-1) ?? 0)
  const whole = { min: known.oldest ?? Number(topic.firstNonce), max: last }
  const choice = useViewChoice(whole, Number(facts.epochLength))
  const { view } = choice
  const [from, to] = [Math.ceil(view.min), Math.floor(view.max)]
  useEffect(() => history.want({ from, to, newest }), [history, from, to, newest])
  const newestInView = useMemo(() => {
    const end = placeOf(columns, to + 1)
    return sliceColumns(columns, Math.max(placeOf(columns, from), end - EPOCHS_SHOWN), end)
  }, [columns, from, to])
  const still = useSettled(`${from} ${to}`, STILL_MS).split(' ').map(Number)
  return (
    <>
      <div class="choices">
        <SpanChoice span={choice.span} spans={[...longSpans, 'all']} choose={choice.chooseSpan} />
        <RangeFields from={from} to={to} choose={(min, max) => choice.chooseRange({ min, max })} />
      </div>
      {known.error === undefined ? null : <Failure error={known.error} />}
      {columns.nonces.length === 0 ? (
        <p class="quiet">Asking for the epochs…</p>
      ) : (
        <Answers facts={facts} columns={columns} choice={choice} label={`epochs ${from} to ${to}`} />
      )}
      <p class="quiet" role="status">
        {known.missing === 0 || columns.nonces.length === 0
          ? ''
          : `Asking for older epochs: about ${formatWhole(known.missing * HISTORY_PAGE)} to come.`}
      </p>
      <SumsOfRange
        facts={facts}
        from={still[0] ?? from}
        to={still[1] ?? to}
        settled={settled}
        isHeld={known.missing > 0}
      />
      <EpochTable facts={facts} epochs={newestInView} />
    </>
  )
}

type AnswersProps = {
  readonly facts: TopicFacts
  readonly columns: HistoryColumns
  readonly choice: ViewChoice
  /** Which epochs are in view. */
  readonly label: string
}

function Answers({ facts, columns, choice, label }: AnswersProps): JSX.Element {
  const [output, setOutput] = useState(0)
  const [level, setLevel] = useState<number | undefined>(LEVEL)
  const series = useMemo(
    () => toSeries(columns, facts, { output, ...(level === undefined ? {} : { level }) }),
    [columns, facts, output, level],
  )
  return (
    <>
      <p class="choices">
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
        {columns.intervals.length === 0 ? null : (
          <label>
            Interval{' '}
            <select
              value={level ?? ''}
              onChange={({ currentTarget: { value } }) => setLevel(value === '' ? undefined : Number(value))}
            >
              {columns.intervals.map((one) => (
                <option key={one.level} value={one.level}>
                  {percentOf(one.level)}
                </option>
              ))}
              <option value="">none</option>
            </select>
          </label>
        )}
      </p>
      <Chart
        key={choice.turn}
        label={`Answers of the network and what happened, ${label}; its numbers stand below`}
        data={series}
        file={`topic-${facts.id}.csv`}
        whole={choice.whole}
        home={choice.home}
        start={choice.chosen}
        onView={choice.choose}
      />
    </>
  )
}
