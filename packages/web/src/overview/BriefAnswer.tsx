import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { JSX } from 'preact'
import type { Asked } from '../chain/useAsked.ts'
import { formatRoughly } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { AnswerFrame, countBlocks } from '../topic/AnswerFrame.tsx'
import { edgeText } from '../topic/edgeText.ts'
import { TimeSince } from '../topic/ProvenAnswer.tsx'
import { percentOf } from '../topic/series.ts'
import type { Proven } from '../topic/useProven.ts'

/** The level of the one interval that is shown; the page of the topic has all. */
const LEVEL = 0.8

/** The newest answer at a glance: its values and mark, how sure it is, and who gave it when. */
export function BriefAnswer({ proven }: { readonly proven: Asked<Proven> }): JSX.Element {
  return (
    <AnswerFrame proven={proven} isRough>
      {(answer, age) => (
        <>
          <p class="sure">{sureText(answer)}</p>
          <p class="said">
            {answer.contributors} models, <TimeSince height={answer.height} after=", " />
            {countBlocks(age)} old
            {answer.edge === undefined ? null : (
              <>
                ;{' '}
                <span class={answer.edge.shown ? 'edge shown' : 'edge'} title={edgeText(answer.edge)}>
                  {answer.edge.shown ? '✓ shown to beat guessing' : 'not shown to beat guessing'}
                </span>
              </>
            )}
          </p>
        </>
      )}
    </AnswerFrame>
  )
}

/** The interval or set of one level, else how far the models lie apart. */
function sureText({ intervals, sets, spread }: Answer): string {
  const interval = intervals.find(({ level }) => level === LEVEL) ?? intervals[0]
  if (interval !== undefined) {
    const { level, lower, upper } = interval
    return `${percentOf(level)} between ${formatRoughly(lower)} and ${formatRoughly(upper)}`
  }
  const set = sets.find(({ level }) => level === LEVEL) ?? sets[0]
  if (set !== undefined) return plainText(`${percentOf(set.level)} among ${set.labels.join(', ')}`, 100)
  return `models lie ${formatRoughly(spread)} apart`
}
