import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Snapshot, VerifiedAt } from '@starling/sdk/proof/snapshot'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { type Asked, useAsked } from '../chain/useAsked.ts'
import { useNow } from '../chain/useNow.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { formatAge } from '../text/formatAge.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { AnswerValues } from './AnswerValues.tsx'
import { edgeText } from './edgeText.ts'
import { percentOf } from './series.ts'
import { type TopicFacts, topicFacts } from './topicFacts.ts'

/** A topic and its newest answer, as one verified header proves them. */
export type Proven = {
  readonly at: VerifiedAt
  /** Undefined where it is proven that there is none, or where this version cannot read it. */
  readonly facts: TopicFacts | undefined
  readonly answer: Answer | undefined
}

/** Reads a topic and its newest answer with proofs, anew with each block. */
export function useProven(topicId: bigint): Asked<Proven> {
  const { state } = useLive()
  const asked = useAsked(`topic ${topicId}`, state, async () =>
    state === undefined ? undefined : readProven(state, topicId),
  )
  const { value, error } = asked
  return { ...(value === undefined ? {} : { value }), ...(error === undefined ? {} : { error }) }
}

async function readProven(state: Snapshot, topicId: bigint): Promise<Proven> {
  const [topic, answer] = await Promise.all([state.topic(topicId), state.answer(topicId)])
  return { at: state.at, facts: topic === undefined ? undefined : topicFacts(topic), answer }
}

/** The newest answer with its spread, age, contributors and mark. */
export function ProvenAnswer({ proven: { value, error } }: { readonly proven: Asked<Proven> }): JSX.Element {
  if (value === undefined)
    return error === undefined ? <p class="quiet">Asking for the answer…</p> : <Failure error={error} />
  const { at, facts, answer } = value
  const mark = <Mark trust={error === undefined ? { kind: 'verified', at } : trustOf(error)} />
  if (facts === undefined || answer === undefined) {
    return <p class="quiet">No answer yet: no worker has predicted in a closed window. {mark}</p>
  }
  const blocks = at.height - answer.height
  return (
    <div class={error === undefined ? '' : 'old'}>
      <div class="answer-row">
        <AnswerValues facts={facts} values={answer.values} />
        {mark}
      </div>
      <dl class="facts">
        <div>
          <dt>spread</dt>
          <dd>{formatNumber(answer.spread)}</dd>
        </div>
        <Sureness answer={answer} />
        <div>
          <dt>models</dt>
          <dd>{answer.contributors}</dd>
        </div>
        <div>
          <dt>age</dt>
          <dd>
            <TimeSince height={answer.height} after=", " />
            {String(blocks)} {blocks === 1n ? 'block' : 'blocks'}
          </dd>
        </div>
      </dl>
    </div>
  )
}

type TimeProps = { readonly height: bigint; readonly after: string }

/** How long ago a block was made, by its verified header, and a text behind that; nothing while it is asked for. */
export function TimeSince({ height, after }: TimeProps): JSX.Element | null {
  const now = useNow()
  const { state } = useLive()
  const { value: ms, error } = useAsked(`time ${height}`, state !== undefined, async () =>
    state === undefined ? undefined : Number(await state.timeOf(height)),
  )
  if (ms === undefined) return error === undefined ? null : <Mark trust={trustOf(error)} />
  const time = new Date(ms)
  return (
    <>
      <time dateTime={time.toISOString()} title={time.toUTCString()}>
        {formatAge(ms, now)}
      </time>
      {after}
    </>
  )
}

/** Intervals of numbers, sets of labels, and whether the network is known to be worth listening to. */
function Sureness({ answer: { intervals, sets, edge } }: { readonly answer: Answer }): JSX.Element {
  return (
    <>
      {intervals.map(({ level, lower, upper }) => (
        <div key={level}>
          <dt>{percentOf(level)} interval</dt>
          <dd>
            {formatNumber(lower)} to {formatNumber(upper)}
          </dd>
        </div>
      ))}
      {sets.map(({ level, labels }) => (
        <div key={level}>
          <dt>{percentOf(level)} set</dt>
          <dd>{plainText(labels.join(', '), 80)}</dd>
        </div>
      ))}
      {edge === undefined ? null : (
        <div>
          <dt>edge over no model</dt>
          <dd class={edge.shown ? 'edge shown' : 'edge'} title={edgeText(edge)}>
            {edge.shown ? '✓ shown' : 'not shown'}
          </dd>
        </div>
      )}
    </>
  )
}
