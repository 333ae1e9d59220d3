import type { FeeSettlement } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { EventFeesSettledSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { type FeeSplit, splitFees } from '@starling/protocol/modules/payments/splitFees'
import { toFeeSettlement } from '@starling/protocol/modules/payments/toFeeSettlement'
import type { SettleOutcome } from '@starling/protocol/scoring/settle/settleTypes'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'
import { ownerOf } from '../actors/ownerOf.ts'
import { burnCoins } from '../bank/burnCoins.ts'
import { addToLedger } from '../bank/ledger.ts'
import { moveCoins } from '../bank/moveCoins.ts'
import { getParams } from '../params/view.ts'
import { shareReward } from '../stake/shareReward.ts'
import { getEarmarkedFees, getEscrow, setEarmarkedFees, setEscrow } from './view.ts'

/** A closed epoch, and what of its topic's escrow it was promised, in uallo. */
export type ClosedEpoch = {
  readonly topicId: bigint
  readonly nonce: bigint
  readonly earmarked: bigint
  readonly outcome: SettleOutcome
}

/**
 * Pays an epoch's fees out of its topic's escrow: a part burns, a part goes where validators' rewards go, the rest to
 * the epoch's contributors; of an unsettled epoch all stays. Returns what its record says of it; undefined where the
 * epoch was promised nothing. SPEC PW-1
 */
export function payFees(context: Context, epoch: ClosedEpoch): FeeSettlement | undefined {
  const { topicId, earmarked, outcome } = epoch
  if (earmarked === 0n) return undefined
  const { state } = context
  const { feeBurnShare, feeValidatorsShare } = getParams(state)
  const terms = { earmarked, burnShare: feeBurnShare, validatorsShare: feeValidatorsShare }
  const split = splitFees(terms, outcome)
  setEarmarkedFees(state, topicId, getEarmarkedFees(state, topicId) - earmarked)
  setEscrow(state, topicId, getEscrow(state, topicId) - earmarked + split.returned)
  move(context, epoch, split)
  const settlement = toFeeSettlement(terms, split)
  announce(context, epoch, settlement)
  return settlement
}

function move(context: Context, { topicId, nonce }: ClosedEpoch, { burned, validators, payouts }: FeeSplit): void {
  const { state } = context
  const { starlingescrow, fee_collector: collector } = moduleAddresses
  burnCoins(context, 'starlingescrow', burned)
  moveCoins(context, starlingescrow, collector, validators)
  for (const { address, role, amount } of payouts) {
    if (role === 'reputer') shareReward(context, { topicId, nonce }, address, amount, 'starlingescrow')
    else moveCoins(context, starlingescrow, ownerOf(state, address), amount)
  }
  addToLedger(state, 'fees_burned', burned)
  addToLedger(state, 'fees_validators', validators)
  addToLedger(
    state,
    'fees_contributors',
    payouts.reduce((sum, { amount }) => sum + amount, 0n),
  )
}

function announce({ emit }: Context, { topicId, nonce }: ClosedEpoch, settlement: FeeSettlement): void {
  const { earmarked, burned, validators, returned, payouts } = settlement
  emit(
    typedEvent(EventFeesSettledSchema, {
      ...{ topicId, nonce, earmarked, burned, validators, returned },
      addresses: payouts.map(({ address }) => address),
      roles: payouts.map(({ role }) => role),
      amounts: payouts.map(({ amount }) => amount),
    }),
  )
}
