import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import type { FeedTopicName } from '@starling/services/feed/feedTopics'
import type { ModelInput } from '@starling/services/models/types'
import type { BuiltInPool } from '@starling/services/worker/model/builtInPool'
import type { AskPrediction } from '@starling/services/worker/model/types'
import { absurdValue, jittered, junkValue, toOutput } from './badValues.ts'
import type { Attacker } from './castAttackers.ts'

/** What attackers can see. */
export type AttackSources = {
  readonly client: Pick<Client, 'epochUnverified'>
  readonly pool: Pick<BuiltInPool, 'predict'>
  /** True for workers that do not attack. */
  readonly isHonest: (address: string) => boolean
}

/** The model that sybils share: one of the better ones of each topic. */
export const sybilModels: Readonly<Record<FeedTopicName, string>> = {
  volatility: 'har',
  risk: 'logistic',
  trend: 'linear',
}

/** What an attacker predicts. It sees what is public: others' predictions only once they are revealed. */
export function predictAttack(
  { kind, topic, name, index }: Attacker,
  { client, pool, isHonest }: AttackSources,
): AskPrediction {
  const copy = async (input: ModelInput, choose: typeof bestOf): Promise<unknown> => {
    const record = await newestRecord(client, BigInt(input.topic.id))
    const address = record === undefined ? undefined : choose(record, isHonest)
    const found = record?.network?.inferers.find(({ worker }) => worker === address)
    // Before the first settled epoch there is nothing to copy.
    return found === undefined ? null : toOutput(input.topic, found.values)
  }
  switch (kind) {
    case 'junk':
      return (input) => junkValue(input, name)
    case 'copy':
      return (input) => copy(input, bestOf)
    case 'sybil': {
      const good = pool.predict(topic, sybilModels[topic])
      return async (input, signal) => jittered(await good(input, signal), input, name)
    }
    case 'bad-half':
      return index % 2 === 0 ? (input) => absurdValue(input, name) : (input) => copy(input, worstOf)
  }
}

async function newestRecord(client: AttackSources['client'], topicId: bigint): Promise<EpochRecord | undefined> {
  try {
    return await client.epochUnverified(topicId)
  } catch (error) {
    if (error instanceof StarlingError && error.kind === 'not-found') return undefined
    throw error
  }
}

/** The worker with the least loss in an epoch. */
function bestOf({ losses }: EpochRecord, isHonest: (address: string) => boolean): string | undefined {
  return honestByLoss(losses, isHonest)[0]
}

/** The worker with the largest loss in an epoch. */
function worstOf({ losses }: EpochRecord, isHonest: (address: string) => boolean): string | undefined {
  return honestByLoss(losses, isHonest).at(-1)
}

/** Attackers do not copy each other. */
function honestByLoss(losses: EpochRecord['losses'], isHonest: (address: string) => boolean): readonly string[] {
  return (losses?.inferers ?? [])
    .filter(({ address }) => isHonest(address))
    .toSorted((a, b) => a.value - b.value)
    .map(({ address }) => address)
}
