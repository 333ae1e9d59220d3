import { ActorType, EventRewardsSettledSchema } from '@starling/protocol/gen/emissions/v10/events_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { Reward, SettleOutcome } from '@starling/protocol/scoring/settle/settleTypes'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { ownerOf } from '../actors/ownerOf.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { recordRewards } from '../mint/recordRewards.ts'
import { shareReward } from '../stake/shareReward.ts'
import { getEarmarked, setEarmarked } from './view.ts'

/** A closed epoch, and what it may pay in uallo. */
export type ClosedEpoch = {
  readonly topicId: bigint
  readonly nonce: bigint
  readonly pot: bigint
  readonly outcome: SettleOutcome
}

/**
 * Pays an epoch's rewards out of its earmarked pot: reputers into their stake, workers to their owners. What of a
 * settled epoch is lost to rounding stays in `allorarewards`; the pot of an epoch that pays nobody goes back to the
 * ecosystem and is emitted again later. SPEC lifecycle 4.8, 4.1 step 6
 */
export function payRewards(context: Context, { topicId, nonce, pot, outcome }: ClosedEpoch): void {
  const { state } = context
  setEarmarked(state, getEarmarked(state) - pot)
  const { status, rewards } = outcome
  if (status !== 'settled') {
    moveCoins(context, moduleAddresses.allorarewards, moduleAddresses.ecosystem, pot)
    return
  }
  for (const { address, role, amount } of rewards) {
    if (role === 'reputer') shareReward(context, { topicId, nonce }, address, amount)
    else moveCoins(context, moduleAddresses.allorarewards, ownerOf(state, address), amount)
  }
  const ofReputers = totalOf(rewards.filter(({ role }) => role === 'reputer'))
  recordRewards(state, { reputers: ofReputers, total: totalOf(rewards) })
  announce(context, topicId, nonce, rewards)
}

function totalOf(rewards: readonly Reward[]): bigint {
  return rewards.reduce((sum, { amount }) => sum + amount, 0n)
}

function announce({ height, emit }: Context, topicId: bigint, nonce: bigint, rewards: readonly Reward[]): void {
  const roles = [
    ['reputer', ActorType.REPUTER],
    ['inferer', ActorType.INFERER_UNSPECIFIED],
    ['forecaster', ActorType.FORECASTER],
  ] as const
  for (const [role, actorType] of roles) {
    const paid = rewards.filter((reward) => reward.role === role)
    if (paid.length === 0) continue
    emit(
      typedEvent(EventRewardsSettledSchema, {
        actorType,
        topicId,
        blockHeight: nonce,
        addresses: paid.map(({ address }) => address),
        rewards: paid.map(({ amount }) => amount.toString()),
        blockHeightTx: height,
      }),
    )
  }
}
