import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { Client } from '@starling/sdk/types'
import { useRef } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { type Asked, useAsked } from '../chain/useAsked.ts'

/** Which records are wanted: those of the last so many epochs of a topic. */
export type Span = {
  readonly topicId: bigint
  readonly epochs: number
  readonly epochLength: bigint
  /** Nonce of the newest epoch; 0 while it is not known. */
  readonly newest: bigint
}

/** The closed epochs of a span, oldest first, as the node tells them; each new one is fetched once. */
export function useRecords(span: Span): Asked<readonly EpochRecord[]> {
  const { chain } = useLive()
  const key = `${span.topicId} ${span.epochs}`
  const kept = useRef<{ key: string; records: readonly EpochRecord[] }>({ key, records: [] })
  const { value, error } = useAsked(`records ${key}`, span.newest, async () => {
    if (span.newest === 0n) return undefined
    const known = kept.current.key === key ? kept.current.records : []
    const records = await readOn(chain.client, span, known)
    kept.current = { key, records }
    return records
  })
  return { ...(value === undefined ? {} : { value }), ...(error === undefined ? {} : { error }) }
}

async function readOn(client: Client, span: Span, known: readonly EpochRecord[]): Promise<readonly EpochRecord[]> {
  const { topicId, epochs, epochLength, newest } = span
  const first = newest - BigInt(epochs) * epochLength
  const all = known.filter(({ nonce }) => nonce > first)
  for (;;) {
    const last = all.at(-1)?.nonce ?? first
    const page = await client.epochsUnverified(topicId, { after: last > 0n ? last : 0n })
    if (page.length === 0) return all
    all.push(...page)
  }
}
