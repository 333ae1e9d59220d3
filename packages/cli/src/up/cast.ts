import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { type FeedTopicName, feedTopics } from '@starling/services/feed/feedTopics'
import { builtInForecasters } from '@starling/services/models/builtInForecasters'
import { builtInModels } from '@starling/services/models/builtInModels'
import { type Attack, type Attacker, castAttackers } from './attack/castAttackers.ts'
import type { CastMember } from './castMember.ts'

/** Those who work on one topic. */
export type TopicCast = {
  readonly topic: FeedTopicName
  readonly workers: readonly CastMember[]
  readonly forecasters: readonly CastMember[]
  readonly reputers: readonly CastMember[]
  /** Who is there to do harm. */
  readonly attackers: readonly Attacker[]
}

/** Everybody of a local network. */
export type Cast = {
  /** Creates the topics and may change parameters. */
  readonly operator: CastMember
  /** Pays for answers. */
  readonly consumer: CastMember
  /** Funds the workers of whoever sits at this machine. */
  readonly dev: CastMember
  readonly topics: readonly TopicCast[]
}

const ALLO = 10n ** 18n
/** What each reputer stakes. */
export const REPUTER_STAKE: bigint = 100_000n * ALLO
const REPUTERS = 3
const FORECASTERS = 2

/** The cast of a seed, and who attacks it: the same seed gives the same keys. */
export function createCast(seed: string, attack?: Attack): Cast {
  const member = (name: string, funds: bigint): CastMember => ({ name, wallet: walletFromSeed(seed, name), funds })
  return {
    operator: member('operator', 1000n * ALLO),
    consumer: member('consumer', 1_000_000n * ALLO),
    dev: member('dev', 1_000_000n * ALLO),
    topics: feedTopics.map(({ name: topic }) => {
      const workers = builtInModels[topic].map(({ name }) => member(`${topic}/${name}`, 100n * ALLO))
      return {
        topic,
        workers,
        attackers: castAttackers(seed, { topic, workers }, attack),
        forecasters: builtInForecasters
          .slice(0, FORECASTERS)
          .map(({ name }) => member(`${topic}/forecaster/${name}`, 100n * ALLO)),
        reputers: Array.from({ length: REPUTERS }, (_, i) =>
          member(`${topic}/reputer/${i + 1}`, REPUTER_STAKE + 100n * ALLO),
        ),
      }
    }),
  }
}

/** Everybody who has coins of genesis, in a fixed order. */
export function listCast({ operator, consumer, dev, topics }: Cast): readonly CastMember[] {
  return [operator, consumer, dev, ...topics.flatMap((one) => [...one.workers, ...one.forecasters, ...one.reputers])]
}

/** The last part of a member's name: of a worker its model. */
export function modelOf({ name }: CastMember): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
