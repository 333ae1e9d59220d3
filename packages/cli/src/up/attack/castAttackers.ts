import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import type { FeedTopicName } from '@starling/services/feed/feedTopics'
import type { CastMember } from '../castMember.ts'
import type { AttackKind } from './attackKinds.ts'

/** What is attacked, and how. */
export type Attack = { readonly topic: FeedTopicName; readonly kinds: readonly AttackKind[] }

/** Who attacks a topic, and how. */
export type Attacker = CastMember & { readonly kind: AttackKind; readonly topic: FeedTopicName; readonly index: number }

const IDENTITIES = { junk: 3, copy: 3, sybil: 12 } as const

/** The attackers of a topic: the same seed gives the same keys. They have no coins of genesis: somebody has to give them some. */
export function castAttackers(
  seed: string,
  { topic, workers }: { readonly topic: FeedTopicName; readonly workers: readonly CastMember[] },
  attack: Attack | undefined,
): readonly Attacker[] {
  if (attack?.topic !== topic) return []
  return attack.kinds.flatMap((kind) =>
    Array.from({ length: kind === 'bad-half' ? workers.length : IDENTITIES[kind] }, (_, index) => {
      const name = `${topic}/${kind}-${index + 1}`
      return { name, wallet: walletFromSeed(seed, name), funds: 0n, kind, topic, index }
    }),
  )
}
