import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { ComponentChildren, JSX } from 'preact'
import type { Asked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { AnswerValues } from './AnswerValues.tsx'
import type { Proven } from './useProven.ts'

type Props = {
  readonly proven: Asked<Proven>
  readonly isRough?: true
  /** What stands below the answer; `age` in blocks. */
  readonly children: (answer: Answer, age: bigint) => ComponentChildren
}

/** The newest answer with its mark, grey where the node no longer gives it; or why there is none. */
export function AnswerFrame({ proven: { value, error }, isRough, children }: Props): JSX.Element {
  if (value === undefined)
    return error === undefined ? <p class="quiet">Asking for the answer…</p> : <Failure error={error} />
  const { at, facts, answer } = value
  const mark = <Mark trust={error === undefined ? { kind: 'verified', at } : trustOf(error)} />
  if (facts === undefined || answer === undefined) {
    return <p class="quiet">No answer yet: no worker has predicted in a closed window. {mark}</p>
  }
  return (
    <div class={error === undefined ? '' : 'old'}>
      <div class="answer-row">
        <AnswerValues facts={facts} values={answer.values} {...(isRough ? { isRough } : {})} />
        {mark}
      </div>
      {children(answer, at.height - answer.height)}
    </div>
  )
}

/** Blocks in words. */
export function countBlocks(blocks: bigint): string {
  return `${blocks} ${blocks === 1n ? 'block' : 'blocks'}`
}
