import { createLightSource } from '@starling/sdk/proof/lightSource'
import { createProvenReader } from '@starling/sdk/records/createProvenReader'
import { createRecordReader } from '@starling/sdk/records/createRecordReader'
import { createUnverifiedReader } from '@starling/sdk/records/createUnverifiedReader'
import type { KeyReader, ReadProof } from '@starling/sdk/records/types'
import { type EpochResult, verifySpan } from '@starling/sdk/replay/verifySpan'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Chain } from '../chain/openChain.ts'
import type { TopicFacts } from '../topic/topicFacts.ts'

/** What replaying an epoch in this page gave. */
export type ReplayedHere = {
  readonly epoch: EpochResult
  /** The block that everything was read and proven at. */
  readonly proof: ReadProof
  /** What a proof refuted; the epoch is then what the node says, so that the wrong field has its name. */
  readonly lie: string | undefined
}

/**
 * Settles an epoch again in this page, from records that are proven against headers verified here, and compares every
 * stored result and the payments. Throws a `StarlingError`; `refuted` where the node lies and no field can be named.
 */
export async function replayHere(chain: Chain, topic: TopicFacts, nonce: bigint): Promise<ReplayedHere> {
  const source = createLightSource(chain.rpc)
  try {
    return await replay(chain, createProvenReader(source, { pins: chain.pins }), topic, nonce)
  } catch (error) {
    if (!(error instanceof StarlingError && error.kind === 'refuted')) throw error
    const told = await replay(chain, createUnverifiedReader(chain.rpc), topic, nonce).catch(() => undefined)
    if (told === undefined) throw error
    return { ...told, lie: error.message }
  }
}

async function replay(chain: Chain, keys: KeyReader, topic: TopicFacts, nonce: bigint): Promise<ReplayedHere> {
  const reader = createRecordReader(keys)
  const source = { reader, rpc: chain.rpc, topic: { id: topic.id, policy: topic.policy } }
  const { epochs } = await verifySpan(source, { from: nonce, to: nonce })
  const [epoch] = epochs
  if (epoch === undefined) throw new StarlingError('not-found', `Topic ${topic.id} has no record of epoch ${nonce}.`)
  return { epoch, proof: await reader.proof(), lie: undefined }
}
