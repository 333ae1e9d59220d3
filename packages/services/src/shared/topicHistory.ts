import type { EpochLosses } from '@starling/protocol/gen/starling/v1/query_pb'
import { compareAddress } from '@starling/protocol/num/compareAddress'
import type { Client } from '@starling/sdk/types'
import type { ModelInput, WorkerLosses } from '../models/types.ts'

/** How many settled epochs models see. */
const DEPTH = 256
/** A worker that missed so many settled epochs is not forecast any more. */
const FORGET_AFTER = 64
const MOST_WORKERS = 200

/** The past of a topic as models see it. The same array comes back while nothing new has settled. */
export type TopicHistory = {
  /** The newest 256 settled truths, oldest first, as of block `height` or later. */
  truths(height: bigint): Promise<ModelInput['truths']>
  /** Raw losses of each worker over the newest 256 settled epochs, by address; workers without any before the first. */
  workers(height: bigint): Promise<readonly WorkerLosses[]>
}

/** A history that asks the chain at most once a block for what is new. Actors of one topic may share it. */
export function createTopicHistory(client: Client, topicId: bigint): TopicHistory {
  let truths: ModelInput['truths'] = []
  let epochs: readonly EpochLosses[] = []
  let workers: readonly WorkerLosses[] = []

  const readTruths = async (): Promise<ModelInput['truths']> => {
    const after = BigInt(truths.at(-1)?.nonce ?? 0)
    const fresh = await client.truthsUnverified(topicId, { after, limit: DEPTH })
    if (fresh.length > 0) {
      const points = fresh.map(({ nonce, value, label }) => ({
        nonce: Number(nonce),
        value: label === '' ? value : label,
      }))
      truths = [...truths, ...points].slice(-DEPTH)
    }
    return truths
  }
  const readWorkers = async (): Promise<readonly WorkerLosses[]> => {
    const fresh = await client.lossesUnverified(topicId, { after: epochs.at(-1)?.nonce ?? 0n, limit: DEPTH })
    if (fresh.length > 0) {
      epochs = [...epochs, ...fresh].slice(-DEPTH)
      workers = byWorker(epochs)
    }
    if (epochs.length > 0) return workers
    const registered = await client.workersUnverified(topicId, { limit: MOST_WORKERS })
    return registered.map((address) => ({ address, losses: [] }))
  }
  return { truths: oncePerBlock(readTruths), workers: oncePerBlock(readWorkers) }
}

/** Remembers the answer of the newest block, and lets those who ask meanwhile share it. */
function oncePerBlock<T>(read: () => Promise<T>): (height: bigint) => Promise<T> {
  let asOf = -1n
  let answer: Promise<T> | undefined
  return (height) => {
    if (answer !== undefined && asOf >= height) return answer
    // One after the other, so that what is new is added once.
    const next = (answer ?? Promise.resolve()).then(read, read)
    asOf = height
    answer = next
    next.catch(() => {
      if (answer === next) asOf = -1n
    })
    return next
  }
}

function byWorker(epochs: readonly EpochLosses[]): WorkerLosses[] {
  const losses = new Map<string, (number | null)[]>()
  for (const { inferers } of epochs.slice(-FORGET_AFTER)) {
    for (const { address } of inferers) losses.set(address, Array<null>(epochs.length).fill(null))
  }
  for (const [i, { inferers }] of epochs.entries()) {
    for (const { address, value } of inferers) {
      const own = losses.get(address)
      if (own !== undefined) own[i] = value
    }
  }
  return [...losses]
    .map(([address, own]) => ({ address, losses: own }))
    .toSorted((a, b) => compareAddress(a.address, b.address))
}
