import { EventBondsBurnedSchema } from '@starling/protocol/gen/starling/v1/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Context } from '../../../app/context.ts'
import { typedEvent } from '../../../app/typedEvent.ts'
import { burnCoins } from '../../bank/burnCoins.ts'
import { moveCoins } from '../../bank/moveCoins.ts'
import type { StoredTopic } from '../../topics/view.ts'

const bondOf = ({ policy }: StoredTopic): bigint => policy.sealed?.bond ?? 0n

/** Takes the bond of a commitment from its author. SPEC VT-2 */
export function takeBond(context: Context, topic: StoredTopic, author: string): void {
  moveCoins(context, author, moduleAddresses.starlingbonds, bondOf(topic))
}

/** Gives a bond back: the author revealed, or lost its place to somebody else. */
export function returnBond(context: Context, topic: StoredTopic, author: string): void {
  moveCoins(context, moduleAddresses.starlingbonds, author, bondOf(topic))
}

/** Burns the bonds of `count` commitments that nobody revealed. */
export function burnBonds(context: Context, topic: StoredTopic, nonce: bigint, count: number): void {
  const amount = bondOf(topic) * BigInt(count)
  if (amount === 0n) return
  burnCoins(context, 'starlingbonds', amount)
  context.emit(typedEvent(EventBondsBurnedSchema, { topicId: topic.id, nonce, amount: amount.toString() }))
}
