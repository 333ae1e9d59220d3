import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Client } from '@starling/sdk/types'
import { useRef } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import type { Span } from './useRecords.ts'

const NONE: readonly Answer[] = []

/** The answers of a span, oldest first, as the node tells them; each new one is fetched once. Empty while they are asked. */
export function useAnswers(span: Span): readonly Answer[] {
  const { chain } = useLive()
  const key = `${span.topicId} ${span.epochs}`
  const kept = useRef<{ key: string; answers: readonly Answer[] }>({ key, answers: NONE })
  const { value = NONE } = useAsked(`answers ${key}`, span.newest, async () => {
    if (span.newest === 0n) return NONE
    const answers = await readOn(chain.client, span, kept.current.key === key ? kept.current.answers : NONE)
    kept.current = { key, answers }
    return answers
  })
  return value
}

async function readOn(client: Client, span: Span, known: readonly Answer[]): Promise<readonly Answer[]> {
  const { topicId, epochs, epochLength, newest } = span
  const first = newest - BigInt(epochs) * epochLength
  const all = known.filter(({ nonce }) => nonce > first)
  for (;;) {
    const last = all.at(-1)?.nonce ?? first
    const page = await client.answersUnverified(topicId, { after: last > 0n ? last : 0n })
    if (page.length === 0) return all
    all.push(...page)
  }
}
