import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { type Asked, useAsked } from '../chain/useAsked.ts'
import { useNow } from '../chain/useNow.ts'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { formatAge } from '../text/formatAge.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { AnswerFrame, countBlocks } from './AnswerFrame.tsx'
import { edgeText } from './edgeText.ts'
import { percentOf } from './series.ts'
import type { Proven } from './useProven.ts'

/** The newest answer with its spread, age, contributors and mark. */
export function ProvenAnswer({ proven }: { readonly proven: Asked<Proven> }): JSX.Element {
  return (
    <AnswerFrame proven={proven}>
      {(answer, age) => (
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
              {countBlocks(age)}
            </dd>
          </div>
        </dl>
      )}
    </AnswerFrame>
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
