import { explainEpoch } from '@starling/protocol/replay/explain/explainEpoch'
import type { Line } from '@starling/protocol/replay/explain/types'
import type { ReadProof } from '@starling/sdk/records/types'
import { findAttempt } from '@starling/sdk/replay/findAttempt'
import type { Chain } from '../chain/openChain.ts'
import { replayHere } from '../epoch/replayHere.ts'
import type { TopicFacts } from '../topic/topicFacts.ts'

/** The arithmetic of one reward. */
export type ExplainedHere = {
  readonly lines: readonly Line[]
  /** uallo. */
  readonly paid: bigint
  /** Why it earned nothing. */
  readonly reason: string | undefined
  /** The block that the records were proven at. */
  readonly proof: ReadProof
  /** Why the record is not to be believed; then there are no lines. */
  readonly refuted: string | undefined
}

/** Replays an epoch in this page and explains what an address got in it. Throws a `StarlingError`. */
export async function explainHere(
  chain: Chain,
  topic: TopicFacts,
  { nonce, address }: { readonly nonce: bigint; readonly address: string },
): Promise<ExplainedHere> {
  const { epoch, proof, lie } = await replayHere(chain, topic, nonce)
  const [first] = epoch.mismatches
  const replayed = epoch.verified?.replayed
  if (replayed === undefined || first !== undefined || lie !== undefined) {
    const differs = `${first?.field ?? 'The record'} is stored as ${first?.stored}, but a replay gives ${first?.recomputed}.`
    return { lines: [], paid: 0n, reason: undefined, proof, refuted: lie ?? differs }
  }
  const { lines, paid, reason, outside } = explainEpoch(epoch.served.record, replayed, address)
  const attempt = outside ? await findAttempt(chain.rpc, { topicId: topic.id, nonce, address }) : undefined
  return { lines, paid, reason: attempt ?? reason, proof, refuted: undefined }
}
