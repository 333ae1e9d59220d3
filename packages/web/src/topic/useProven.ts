import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Snapshot, VerifiedAt } from '@starling/sdk/proof/snapshot'
import { useLive } from '../chain/openChain.ts'
import { type Asked, useAsked } from '../chain/useAsked.ts'
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
