import type { JSX } from 'preact'
import { Question } from '../overview/TopicCard.tsx'
import { Mark } from '../parts/Mark.tsx'
import { plainText } from '../text/plainText.ts'
import { Past } from './Past.tsx'
import { ProvenAnswer, useProven } from './ProvenAnswer.tsx'
import { Rules } from './Rules.tsx'

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
          <Past facts={facts} />
          <Rules facts={facts} at={proven.value?.at} />
        </>
      )}
    </>
  )
}
